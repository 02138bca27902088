// How a section of pages is written: see any file beside this one. Pages load when they are opened.
import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { shell } from './root.tsx';

type Load = () => Promise<unknown>;
export type Params = Record<string, string>;
type Crumb = string | ((params: Params) => string);
/** A page that stands between in the breadcrumb without being a parent in the address. */
export type Above = { readonly label: Crumb; readonly to: Crumb };
export type Parent = () => AnyRoute;

const component = (load: Load, name: string) =>
  lazyRouteComponent(load as () => Promise<Record<string, ComponentType>>, name);

/** One page, directly in the shell. `name` is the component that the loaded module exports. */
export const page = (path: string, crumb: Crumb | undefined, load: Load, name: string): AnyRoute =>
  createRoute({
    getParentRoute: () => shell,
    path,
    staticData: { ...(crumb && { crumb }) },
    component: component(load, name),
  });

/** Pages under one address, with its name before theirs in the breadcrumb. */
export const section = (
  path: string,
  crumb: Crumb,
  children: (parent: Parent) => AnyRoute[],
  above: Parent = () => shell,
): AnyRoute => {
  const parent: AnyRoute = createRoute({ getParentRoute: above, path, staticData: { crumb } });
  return parent.addChildren(children(() => parent));
};

/** A page of a section. */
export const inside = (
  parent: Parent,
  path: string,
  crumb: Crumb | undefined,
  load: Load,
  name: string,
  above?: Above,
): AnyRoute =>
  createRoute({
    getParentRoute: parent,
    path,
    staticData: { ...(crumb && { crumb }), ...(above && { above }) },
    component: component(load, name),
  });

/** The bare address of a section or a thing, which shows one of its pages. */
export const leap = (parent: Parent, to: string | ((params: Params) => string), path = '/'): AnyRoute =>
  createRoute({
    getParentRoute: parent,
    path,
    beforeLoad: ({ params, search }) => {
      throw redirect({
        to: typeof to === 'string' ? to : to(params as Params),
        search: search as Record<string, string>,
        replace: true,
      });
    },
  });

/** The name of a thing in an address, as it is read. */
export const named =
  (param: string): ((params: Params) => string) =>
  (params) =>
    params[param] ?? '';

/** An address in the project of the page that one is on. */
export const inProject =
  (path: string): ((params: Params) => string) =>
  (params) =>
    `/projects/${encodeURIComponent(params.project ?? '')}${path}`;
