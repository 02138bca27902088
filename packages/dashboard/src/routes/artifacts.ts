import type { AnyRoute } from '@tanstack/react-router';
import type { Parent } from './parts.ts';

/** Artifacts and models of a project. */
export const artifactRoutes = (_project: Parent): AnyRoute[] => [];
