import Type from 'typebox';
import { Unavailable } from '../../kernel/errors.ts';
import { atServer, operation, type Operation } from '../../kernel/resource.ts';

const query = Type.Object({ ignore_errors: Type.Optional(Type.String()), delete_secrets: Type.Optional(Type.String()) }, { additionalProperties: true });
const none = (name: string, direction: string): Operation =>
  operation({
    name: `${name}_secrets`,
    method: 'PUT',
    path: `/secrets_operations/${name}`,
    needs: atServer('secret:backup_restore'),
    writes: true,
    description: `Copy all secrets ${direction} a second store of secrets; this server has none.`,
    query,
    run: async () => {
      throw new Unavailable(
        `This server keeps secrets in its own database and has no second store to copy them ${direction}. A back-up of the database holds them, encrypted; the key is in ZENDO_SECRETS_KEY or secrets.key (docs/back-up-and-upgrade.md)`,
      );
    },
  });

export const secretOperations: readonly Operation[] = [none('backup', 'to'), none('restore', 'from')];
