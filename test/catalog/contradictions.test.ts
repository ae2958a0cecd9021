import { expect, test } from 'vitest';
import { checklistText } from '../../src/commands/checklist-text.ts';
import { listedTopics } from '../../src/core/listed.ts';
import { loadCatalog } from '../../src/io/catalog.ts';

const topics = new Map(listedTopics(await loadCatalog()).map((topic) => [topic.topic, topic]));

/** Where a person meets each point at which a document of 2020 or 2021, followed word by word, fails or misleads today. */
const contradictions: readonly (readonly [about: string, topic: string, ...facts: readonly string[]])[] = [
  ['inbound 29876-29877', 'ports', 'port-29876-29877'],
  ['outbound to five tags alone', 'ports', 'outbound-azureml-tag', 'outbound-acr-tag'],
  ['tags for default images only', 'ports', 'extra-tag-mcr', 'extra-tag-afd-firstparty'],
  ['inbound 44224 for instances', 'ports', 'port-44224'],
  ['action on the network', 'virtual_network', 'rbac-vnet-action'],
  ['action on the subnet', 'virtual_network', 'rbac-subnet-join'],
  ['storage in the same network', 'storage', 'storage-same-vnet'],
  ['service endpoint policies', 'storage', 'service-endpoint-policy-not-working'],
  ['a route for every Batch address', 'public_ip', 'ft-option-udr'],
  ['addresses of the paired region', 'public_ip', 'ft-primary-and-secondary-region'],
  ['outbound by default', 'public_ip', 'default-outbound-access-ended'],
  ['a public IP for each compute', 'compute_cluster', 'auto-resource-public-ip'],
  ['SDK v1 and CLI v1', 'compute_cluster', 'sdk-v1-end', 'sdk-v1-vnet-parameters'],
  ['Estimator and RunConfiguration', 'ports', 'extra-tags-when-estimator'],
  ['network in the same region', 'virtual_network', 'vnet-same-region'],
  [
    'versions of az and its extensions',
    'arc_cluster',
    'arc-prereq-azure-cli-version',
    'arc-prereq-k8s-extension-version',
    'arc-prereq-sdk-version',
  ],
  ['type and state of the extension', 'arc_extension', 'arc-verify-extension-type', 'arc-verify-install-state'],
  ['the NVIDIA plugin by default', 'arc_extension', 'arc-setting-nvidia-device-plugin'],
  ['settings that are gone', 'arc_extension', 'arc-setting-log-analytics', 'arc-setting-blobfuse-sysctl'],
  ['Service Bus and Relay', 'arc_extension', 'arc-relay-and-servicebus-created'],
  ['JSON file with instance types', 'kubernetes_attach', 'k8s-json-config', 'k8s-default-instance-type-setting'],
  ['resources of a pod', 'kubernetes_attach', 'k8s-resources-default'],
  ['jobs name the target alone', 'kubernetes_attach', 'k8s-submit-by-target-only'],
  ['attach by SDK v1', 'kubernetes_attach', 'k8s-sdk-v1-attach-imports'],
  ['tab of the studio', 'kubernetes_attach', 'k8s-attach-studio-tab'],
  ['parallel jobs', 'compute_instance', 'ci-parallel-jobs'],
  ['size of the OS disk', 'compute_instance', 'ci-os-disk-size'],
  ['environments and R', 'compute_instance', 'ci-python-environment', 'ci-tools-r'],
  ['subnets of Databricks', 'databricks', 'dbx-default-subnet-too'],
  ['Databricks as a target', 'databricks', 'dbx-training-target-limits'],
  ['HDInsight as a target', 'hdinsight', 'hdi-only-pipelines'],
  ['a private machine', 'virtual_machine', 'vm-needs-public-ip'],
  ['sizes of the samples', 'compute_cluster', 'retired-vm-series'],
  ['legacy mode', 'where', 'v1-legacy-mode'],
  ['managed networks', 'where', 'mn-excludes-own-vnet', 'mn-no-way-back'],
];

test.each(contradictions)('%s: then and now stand on the checklist of %s', (_about, id, ...facts) => {
  const topic = topics.get(id);
  expect(topic, `there is no topic ${id}`).toBeDefined();
  if (!topic) return;
  const changed = new Map(topic.changed.map((fact) => [fact.id, fact]));
  const screen = checklistText([topic]).replace(/\s+/g, ' ');
  for (const fact of facts) {
    const { was, disagreement, says } = changed.get(fact) ?? {};
    expect(was ?? disagreement, `${fact} says nothing of the documents`).toBeDefined();
    expect(screen).toContain((was ?? disagreement ?? '').replace(/\s+/g, ' '));
    expect(screen).toContain((says ?? '').replace(/\s+/g, ' '));
  }
});
