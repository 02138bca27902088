import { Plus, X } from 'lucide-react';
import { useProjectOptions } from '../../access/options.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { SelectBox, type Option } from '../../ui/select.tsx';

export interface InProject {
  readonly project: string;
  readonly role: string;
}

interface Props {
  readonly value: readonly InProject[];
  readonly onChange: (value: InProject[]) => void;
  readonly roles: readonly Option[];
}

/** Roles that hold in one project only. */
export const InviteProjects = ({ value, onChange, roles }: Props) => {
  const projects = useProjectOptions();
  const patch = (index: number, change: Partial<InProject>): void =>
    onChange(value.map((one, at) => (at === index ? { ...one, ...change } : one)));
  return (
    <fieldset>
      <legend className="text-sm font-medium">
        Roles in projects <span className="ml-0.5 font-normal text-faint">optional</span>
      </legend>
      <div className="mt-1.5 grid gap-2">
        {value.map((one, index) => (
          <div key={index} className="flex items-center gap-2">
            <SelectBox
              label={`Project ${index + 1}`}
              placeholder="Project"
              options={projects}
              value={one.project}
              onChange={(project) => patch(index, { project })}
            />
            <SelectBox
              label={`Role in project ${index + 1}`}
              placeholder="Role"
              options={roles}
              value={one.role}
              onChange={(role) => patch(index, { role })}
            />
            <IconButton label="Take out" onClick={() => onChange(value.filter((_, at) => at !== index))}>
              <X aria-hidden />
            </IconButton>
          </div>
        ))}
        <div>
          <Button
            size="sm"
            onClick={() => onChange([...value, { project: projects[0]?.value ?? '', role: 'developer' }])}
            disabled={projects.length === 0}
          >
            <Plus aria-hidden />
            Add a project
          </Button>
        </div>
      </div>
    </fieldset>
  );
};
