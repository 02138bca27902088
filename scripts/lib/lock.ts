// Completes a lock file with the builds for other systems that npm left out of it.
//
// npm drops an optional package from the lock when the registry in use does not carry it, and `npm ci` then refuses the
// lock. Versions are exact and the names say what each build is for, so the entries can be written without asking.

type Entry = {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
};
export type Lock = { readonly packages: Readonly<Record<string, Entry>> };

const system =
  /(?:^|[-/])(?:(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|windows)-)?(arm64|arm|ia32|loong64|mips64el|ppc64|ppc64le|riscv64|s390x|universal|wasm32|x64)(?:-([a-z]+))?$/;
const libraries: Readonly<Record<string, string>> = { gnu: 'glibc', musl: 'musl' };

export function complete<L extends Lock>(lock: L): { readonly lock: L; readonly added: readonly string[] } {
  const packages: Record<string, Entry> = { ...lock.packages };
  const added: string[] = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (found(packages, path, name)) continue;
      packages[`node_modules/${name}`] = build(name, version, entry);
      added.push(`${name}@${version}`);
    }
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added };
}

function build(name: string, version: string, parent: Entry): Entry {
  const [, os, cpu, flavour = ''] = system.exec(name) ?? [];
  if (cpu === undefined || !/^\d+\.\d+\.\d+[\w.-]*$/.test(version)) {
    throw new Error(`${name}@${version} is missing in the lock, and its name does not say which system it is for`);
  }
  const library = libraries[flavour];
  return {
    version,
    cpu: [cpu],
    ...(parent.dev ? { dev: true } : {}),
    ...(library === undefined ? {} : { libc: [library] }),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
  };
}

/** Looks where Node would: beside the package that asks, then in every folder above it. */
function found(packages: Readonly<Record<string, Entry>>, from: string, name: string): boolean {
  let folder = from;
  for (;;) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
    const end = folder.lastIndexOf('/node_modules/');
    folder = end === -1 ? '' : folder.slice(0, end);
  }
}
