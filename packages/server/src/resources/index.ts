import type { Resource } from '../kernel/resource.ts';
import { accessRequest } from './access_request/access_request.ts';
import { account, serviceAccount, user } from './account/account.ts';
import { apiKey } from './api_key/api_key.ts';
import { artifact } from './artifact/artifact.ts';
import { artifactVersion } from './artifact_version/artifact_version.ts';
import { auditEvent } from './audit/audit_event.ts';
import { codeReference, codeRepository } from './code_repository/code_repository.ts';
import { artifactVisualization } from './curated_visualization/artifact_visualization.ts';
import { curatedVisualization } from './curated_visualization/curated_visualization.ts';
import { deployment } from './deployment/deployment.ts';
import { device } from './device/device.ts';
import { flavor } from './flavor/flavor.ts';
import { hookInvocation } from './hook_invocation/hook_invocation.ts';
import { invitation } from './invitation/invitation.ts';
import { logs } from './logs/logs.ts';
import { model } from './model/model.ts';
import { modelVersionArtifact, modelVersionRun } from './model_version/links.ts';
import { modelVersion } from './model_version/model_version.ts';
import { notice } from './notice/notice.ts';
import { pipeline } from './pipeline/pipeline.ts';
import { pipelineBuild } from './pipeline_build/pipeline_build.ts';
import { pipelineSnapshot } from './pipeline_snapshot/pipeline_snapshot.ts';
import { project } from './project/project.ts';
import { role } from './role/role.ts';
import { roleAssignment } from './role_assignment/role_assignment.ts';
import { run } from './run/run.ts';
import { runTemplate } from './run_template/run_template.ts';
import { runWaitCondition } from './run_wait_condition/run_wait_condition.ts';
import { schedule } from './schedule/schedule.ts';
import { secret } from './secret/secret.ts';
import { service } from './service/service.ts';
import { serviceConnector } from './service_connector/service_connector.ts';
import { session } from './session/session.ts';
import { stack } from './stack/stack.ts';
import { stackComponent } from './stack_component/stack_component.ts';
import { step } from './step/step.ts';
import { tag } from './tag/tag.ts';
import { team } from './team/team.ts';
import { trigger } from './trigger/trigger.ts';
import { webhook } from './webhook/webhook.ts';

/** Every resource, in the order in which the role editor and the documentation show them. */
export const resources: readonly Resource[] = [
  user,
  serviceAccount,
  team,
  role,
  roleAssignment,
  project,
  stack,
  stackComponent,
  flavor,
  secret,
  serviceConnector,
  pipeline,
  pipelineSnapshot,
  run,
  step,
  schedule,
  webhook,
  trigger,
  pipelineBuild,
  runTemplate,
  deployment,
  service,
  hookInvocation,
  runWaitCondition,
  artifact,
  artifactVersion,
  model,
  modelVersion,
  modelVersionArtifact,
  modelVersionRun,
  curatedVisualization,
  artifactVisualization,
  codeRepository,
  codeReference,
  tag,
  logs,
  account,
  apiKey,
  invitation,
  session,
  device,
  accessRequest,
  notice,
  auditEvent,
] as unknown as readonly Resource[];
