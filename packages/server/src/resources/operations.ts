import type { App } from '../app.ts';
import type { Operation } from '../kernel/resource.ts';
import { artifactVersionOperations } from './artifact_version/version.create.ts';
import { versionData } from './artifact_version/data.ts';
import { componentTypes, syncFlavors } from './flavor/flavor.ts';
import { logReading } from './logs/reading.ts';
import { modelOperations } from './model_version/model_version.actions.ts';
import { lineage } from './artifact_version/lineage.ts';
import { overview } from './run/overview.ts';
import { pinVisualization } from './curated_visualization/pinning.ts';
import { snapshotOperations } from './pipeline_snapshot/snapshot.actions.ts';
import { waitOperations } from './run_wait_condition/waiting.ts';
import { snapshotCode } from './pipeline_snapshot/code.ts';
import { runOperations } from './run/run.actions.ts';
import { runEvents } from './run/run.events.ts';
import { statisticsOfRuns } from './run/statistics.actions.ts';
import { resourceRequests } from './resource_request/resource_request.ts';
import { stackDeployments } from './stack/stack_deployment.ts';
import { publishMetadata } from './run_metadata/publish.ts';
import { secretOperations } from './secret/secret.actions.ts';
import { connectorOperations } from './service_connector/service_connector.actions.ts';
import { stepOperations } from './step/step.actions.ts';
import { tagLinks } from './tag/tag_resource.ts';
import { removeSchedule } from './schedule/schedule.actions.ts';
import { triggerOperations } from './trigger/trigger.actions.ts';
import { intake } from './webhook/intake.ts';
import { webhookOperations } from './webhook/webhook.actions.ts';

/** Operations on stacks, pipelines, runs, models and the rest. */
export const mlOperations = (app: App): readonly Operation[] => [
  componentTypes,
  syncFlavors,
  ...runOperations,
  statisticsOfRuns,
  ...resourceRequests,
  ...stackDeployments,
  ...runEvents(app),
  removeSchedule,
  ...triggerOperations,
  ...webhookOperations,
  intake(app),
  ...snapshotOperations,
  ...waitOperations,
  pinVisualization,
  ...stepOperations,
  overview,
  ...logReading(app),
  ...versionData(app),
  ...snapshotCode(app),
  ...artifactVersionOperations,
  lineage,
  ...modelOperations,
  ...tagLinks,
  publishMetadata,
  ...secretOperations,
  ...connectorOperations(app),
];
