import {
  areasOf,
  contains,
  macroMeaning,
  macroNames,
  withMacro,
  withOne,
  type Area,
  type Fine,
} from '../../access/macros.ts';
import { Check } from '../../ui/choice.tsx';

interface Props {
  readonly all: readonly Fine[];
  readonly chosen: readonly string[];
  readonly onChange?: ((chosen: string[]) => void) | undefined;
}

const areaNames: Readonly<Record<string, string>> = {
  ml: 'ML resources',
  people: 'People and roles',
  server: 'Server and projects',
};

const words = (text: string): string => text.replaceAll('_', ' ');

const AreaTable = ({ area, all, chosen, onChange }: Props & { readonly area: Area }) => {
  const cells = area.rows.flatMap((row) => [...row.cells.values()]);
  const held = cells.filter((one) => contains(chosen, one)).length;
  return (
    <details className="group rounded-xl border border-line" open={held > 0 && held < cells.length}>
      <summary className="flex h-11 items-center justify-between gap-3 rounded-xl px-4 font-medium">
        <span>{areaNames[area.name] ?? words(area.name)}</span>
        <span className="text-sm font-normal text-faint nums">
          {held} of {cells.length}
        </span>
      </summary>
      <div className="overflow-x-auto border-t" tabIndex={0} role="group" aria-label={`${area.name} permissions`}>
        <table className="w-full text-sm">
          <thead className="bg-side text-xs text-faint">
            <tr>
              <th scope="col" className="h-9 px-4 text-left font-medium">
                Thing
              </th>
              {area.actions.map((action) => (
                <th key={action} scope="col" className="px-2 text-center font-medium whitespace-nowrap">
                  {words(action)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {area.rows.map((row) => (
              <tr key={row.type} className="border-t">
                <th scope="row" className="h-10 px-4 text-left font-normal whitespace-nowrap">
                  {words(row.type)}
                </th>
                {area.actions.map((action) => {
                  const one = row.cells.get(action);
                  return (
                    <td key={action} className="px-2 text-center">
                      {one ? (
                        <label
                          className="inline-grid size-7 place-items-center"
                          title={`${one.name}${one.description ? `: ${one.description}` : ''}`}
                        >
                          <input
                            type="checkbox"
                            aria-label={`${words(action)} ${words(row.type)}`}
                            checked={contains(chosen, one)}
                            disabled={!onChange}
                            onChange={(event) => onChange?.(withOne(chosen, one, event.target.checked, all))}
                            className="size-4 accent-(--accent)"
                          />
                        </label>
                      ) : (
                        <span className="text-faint" aria-hidden>
                          ·
                        </span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};

const Presets = ({ all, chosen, onChange }: Props) => (
  <fieldset className="rounded-xl border border-line px-4 py-3" disabled={!onChange}>
    <legend className="sr-only">Presets</legend>
    <div className="grid gap-3 sm:grid-cols-3">
      {macroNames.map((macro) => (
        <Check
          key={macro}
          label={macro}
          text={macroMeaning[macro]}
          checked={chosen.includes(macro)}
          onChange={(on) => onChange?.(withMacro(chosen, macro, on, all))}
        />
      ))}
    </div>
  </fieldset>
);

/** Which role may do what with which thing. The presets on top stand for whole columns, also for things that will come later. */
export const RoleMatrix = (props: Props) => (
  <div className="grid grid-cols-1 gap-3">
    <Presets {...props} />
    {areasOf(props.all).map((area) => (
      <AreaTable key={area.name} area={area} {...props} />
    ))}
  </div>
);
