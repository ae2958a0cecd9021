// Texts as az, kubectl and their libraries print them, with the known error that each of them is; ids and names are others.

/** The beginning of the id of a resource. */
export const id = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ml/providers';

/** As az prints a refusal of Resource Manager. */
export function refused(code: string, says: string): string {
  return `ERROR: (${code}) ${says}\nCode: ${code}\nMessage: ${says}\n`;
}

/** The id of a known error and a text that it explains. */
export const messages: readonly (readonly [string, string])[] = [
  [
    'net-another-operation',
    refused(
      'AnotherOperationInProgress',
      `Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: https://management.azure.com/subscriptions/1/providers/Microsoft.Network/locations/westeurope/operations/e4500212-0000-4000-8000-e40001e40001?api-version=2022-01-01.`,
    ),
  ],
  ['net-superseded', refused('CanceledAndSupersededDueToAnotherOperation', 'Operation PutSubnetOperation was canceled and superseded.')],
  [
    'net-subnet-overlap',
    refused(
      'NetcfgSubnetRangesOverlap',
      "Subnet 'snet-b' is not valid because its IP address range overlaps with that of an existing subnet in virtual network 'vnet'.",
    ),
  ],
  ['net-subnet-outside-vnet', refused('NetcfgInvalidSubnet', "Subnet 'training' is not valid in virtual network 'vnet-ml'.")],
  [
    'net-in-use-subnet',
    refused(
      'InUseSubnetCannotBeDeleted',
      `Subnet training is in use by ${id}/Microsoft.Network/virtualNetworks/v/subnets/training/serviceAssociationLinks/x and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
    ),
  ],
  [
    'net-in-use-nsg',
    refused(
      'InUseNetworkSecurityGroupCannotBeDeleted',
      `Network security group ${id}/Microsoft.Network/networkSecurityGroups/n cannot be deleted because it is in use.`,
    ),
  ],
  [
    'net-nsg-rule-conflict',
    refused('SecurityRuleConflict', 'Security rule a conflicts with rule b. Rules cannot have the same Priority and Direction.'),
  ],
  [
    'net-nsg-invalid-prefix',
    refused('SecurityRuleInvalidAddressPrefix', 'Security rule has invalid Address prefix. Value provided: AzureCloud.norwayeast'),
  ],
  [
    'net-subnet-full',
    refused('SubnetIsFull', 'Subnet training with address prefix 10.0.0.0/28 does not have enough capacity for 12 IP addresses.'),
  ],
  ['net-zone-not-empty', refused('CannotDeleteResource', 'Can not delete resource before nested resources are deleted.')],
  [
    'net-invalid-resource-ref',
    refused(
      'InvalidResourceReference',
      `Resource ${id}/Microsoft.Network/virtualNetworks/v/subnets/s referenced by resource x was not found.`,
    ),
  ],
  [
    'aml-workspace-soft-deleted',
    refused('BadRequest', 'Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete'),
  ],
  [
    'aml-core-quota',
    '{"error":{"code":"InvalidTemplateDeployment","message":"See inner errors for details.","details":[{"code":"QuotaExceeded","message":"The requested cores are not to be had."}]}}',
  ],
  [
    'quota-operation-not-allowed',
    refused(
      'OperationNotAllowed',
      'Operation could not be completed as it results in exceeding approved standardFSv2Family Cores quota. Additional details - Deployment Model: Resource Manager, Location: eastus, Current Limit: 50, Current Usage: 48, Additional Required: 4, (Minimum) New Limit Required: 52.',
    ),
  ],
  ['quota-resource-exceeded', refused('ResourceQuotaExceeded', 'Creating the resource of type ... would exceed the quota.')],
  [
    'aml-size-not-available',
    refused(
      'SkuNotAvailable',
      "The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: Standard_DS3_v2' is currently not available in location 'eastus'.",
    ),
  ],
  [
    'aml-no-capacity',
    refused('AllocationFailed', 'Allocation failed. We do not have sufficient capacity for the requested VM size in this region.'),
  ],
  ['aml-no-capacity', refused('ZonalAllocationFailed', 'Allocation failed. We do not have sufficient capacity in this zone.')],
  ['aml-compute-name-taken', refused('ComputeNameAlreadyInUse', 'The specified compute name is already in use.')],
  [
    'acr-name-taken',
    refused('AlreadyInUse', 'The registry DNS name contoso.azurecr.io is already in use. You can check if the name is already claimed.'),
  ],
  ['sto-name-taken', refused('StorageAccountAlreadyTaken', 'The storage account named contoso is already taken.')],
  [
    'sto-name-invalid',
    refused(
      'AccountNameInvalid',
      'Con-toso is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.',
    ),
  ],
  [
    'sto-firewall',
    'ERROR: This request is not authorized to perform this operation.\nRequestId:1\nTime:2026-01-01T00:00:00Z\nErrorCode:AuthorizationFailure\n',
  ],
  [
    'aml-user-storage-403',
    'ERROR: \nYou do not have the required permissions needed to perform this operation.\nErrorCode:AuthorizationPermissionMismatch\nThis request is not authorized to perform this operation using this permission.\n',
  ],
  [
    'sto-key-auth-off',
    'ERROR: Key based authentication is not permitted on this storage account.\nErrorCode:KeyBasedAuthenticationNotPermitted\n',
  ],
  [
    'kv-name-taken',
    refused(
      'VaultAlreadyExists',
      "The vault name 'kv-ml' is already in use. Vault names are globally unique so it is possible that the name is already taken.",
    ),
  ],
  [
    'kv-forbidden-rbac',
    'ERROR: (Forbidden) Caller is not authorized to perform action on resource.\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\nCode: Forbidden\nMessage: Caller is not authorized to perform action on resource.\nInner error: {\n    "code": "ForbiddenByRbac"\n}\n',
  ],
  [
    'kv-forbidden-firewall',
    'ERROR: (Forbidden) Public network access is disabled and request is not from a trusted service.\nInner error: {\n  "code": "ForbiddenByConnection"\n}\n',
  ],
  [
    'policy-denied',
    refused(
      'RequestDisallowedByPolicy',
      `Resource 'pip' was disallowed by policy. Policy identifiers: '[{"policyAssignment":{"name":"No public IP","id":"x"}}]'.`,
    ),
  ],
  [
    'lock-scope',
    refused(
      'ScopeLocked',
      `The scope '${id}' cannot perform delete operation because following scope(s) are locked: '${id}'. Please remove the lock and try again.`,
    ),
  ],
  [
    'throttled',
    refused(
      'SubscriptionRequestsThrottled',
      "Number of 'read' requests for subscription '1' actor '2' exceeded. Please try again after '1' seconds after additional tokens are available.",
    ),
  ],
  ['throttled', "ERROR: Operation returned an invalid status 'Too Many Requests'\n"],
  ['internal-server-error', "ERROR: Operation returned an invalid status 'Service Unavailable'\n"],
  ['internal-server-error', 'ERROR: Bad Gateway(<html><head><title>502 Bad Gateway</title></head></html>)\n'],
  [
    'auth-failed',
    refused(
      'AuthorizationFailed',
      `The client 'a@contoso.com' with object id 'o' does not have authorization to perform action 'Microsoft.Network/virtualNetworks/write' over scope '${id}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    ),
  ],
  [
    'auth-linked',
    refused(
      'LinkedAuthorizationFailed',
      `The client has permission to perform action 'Microsoft.Network/privateEndpoints/write' on scope '${id}'; however, it does not have permission to perform action(s) 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) '${id}' or the linked scope(s) are invalid.`,
    ),
  ],
  [
    'auth-principal-not-found',
    refused('PrincipalNotFound', 'Principal 1 does not exist in the directory 2. Check that you have the correct principal ID.'),
  ],
  [
    'auth-principal-not-found',
    "ERROR: Cannot find user or service principal in graph database for '1'. Principal 1 does not exist in the directory.\n",
  ],
  ['auth-role-exists', refused('RoleAssignmentExists', 'The role assignment already exists.')],
  [
    'auth-provider-not-registered',
    refused('MissingSubscriptionRegistration', "The subscription is not registered to use namespace 'Microsoft.HDInsight'."),
  ],
  ['auth-subscription', "ERROR: The subscription of '11111111-2222-3333-4444-555555555555' doesn't exist in cloud 'AzureCloud'.\n"],
  ['auth-subscription', refused('SubscriptionNotFound', "The subscription '1' could not be found.")],
  [
    'auth-wrong-tenant',
    refused(
      'InvalidAuthenticationTokenTenant',
      "The access token is from the wrong issuer 'https://sts.windows.net/1/'. It must match the tenant 'https://sts.windows.net/2/' associated with this subscription.",
    ),
  ],
  [
    'signin-expired-grant',
    'ERROR: AADSTS700082: The refresh token has expired due to inactivity.\u00A0The token was issued on 2022-08-10T22:52:01.4927938Z and was inactive for 90.00:00:00.\nTrace ID: 1\nInteractive authentication is needed. Please run:\naz login --scope https://management.core.windows.net//.default\n',
  ],
  [
    'signin-mfa',
    'ERROR: AADSTS50076: Due to a configuration change made by your administrator, you must use multi-factor authentication.\nTo re-authenticate, please run:\naz login\n',
  ],
  ['signin-needed', "ERROR: Please run 'az login' to setup account.\n"],
  ['signin-needed', 'ERROR: AADSTS50173: The provided grant has expired due to it being revoked, a fresh auth token is needed.\n'],
  [
    'signin-needed',
    refused('ExpiredAuthenticationToken', "The access token expiry UTC time '11/21/2026 1:13:49 PM' is earlier than current UTC time."),
  ],
  [
    'signin-secret',
    'ERROR: AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value.\n',
  ],
  [
    'ext-missing',
    "ERROR: 'ml' is misspelled or not recognized by the system.\n\nExamples from AI knowledge base:\nhttps://aka.ms/cli_ref\nRead more about the command in reference docs\n",
  ],
  [
    'cli-unrecognized-argument',
    'ERROR: unrecognized arguments: --enable-node-public-ip false\n\nExamples from AI knowledge base:\nhttps://aka.ms/cli_ref\n',
  ],
  ['cli-unrecognized-argument', 'ERROR: the following arguments are required: --name/-n/--resource-group/-g\n'],
  [
    'tls-untrusted',
    "ERROR: HTTPSConnectionPool(host='management.azure.com', port=443): Max retries exceeded with url: /subscriptions (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1006)')))\nCertificate verification failed. This typically happens when using Azure CLI behind a proxy that intercepts traffic with a self-signed certificate.\n",
  ],
  [
    'net-unreachable',
    "ERROR: HTTPSConnectionPool(host='login.microsoftonline.com', port=443): Max retries exceeded with url: /organizations (Caused by NewConnectionError('<urllib3.connection.HTTPSConnection object at 0x7f>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution'))\n",
  ],
  [
    'proxy-required',
    "ERROR: Cannot connect to proxy. ProxyError('Unable to connect to proxy', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))\n",
  ],
  [
    'connection-lost',
    "ERROR: The command failed with an unexpected error. Here is the traceback:\nERROR: ('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))\nTraceback (most recent call last):\n  File \"/opt/az/lib/python3.12/site-packages/urllib3/connectionpool.py\", line 787, in urlopen\n    response = self._make_request(\n               ^^^^^^^^^^^^^^^^^^^\nhttp.client.RemoteDisconnected: Remote end closed connection without response\n\nDuring handling of the above exception, another exception occurred:\n\nurllib3.exceptions.ProtocolError: x\nTo check existing issues, please visit: https://github.com/Azure/azure-cli/issues\n",
  ],
  [
    'arc-helm-timeout',
    "WARNING: Please check if the azure-arc namespace was deployed and run 'kubectl get pods -n azure-arc' to check if all the pods are in running state.\nERROR: Unable to install helm release: Error: UPGRADE FAILED: timed out waiting for the condition\n",
  ],
  ['arc-e45002', 'ERROR: (ExtensionOperationFailed) Error: {"code":"E45002","message":"PROMETHEUS_CONFLICT"}\n'],
  [
    'arc-ownership-metadata',
    'CustomResourceDefinition "jobs.batch.volcano.sh" in namespace "" exists and cannot be imported into the current release: invalid ownership metadata; label validation error',
  ],
  ['arc-job-e45004', 'E45004:"Training feature is not enabled, please enable it when install the extension."'],
  ['dbx-npip-tunnel', 'Cluster terminated. Reason: NPIP_TUNNEL_SETUP_FAILURE'],
  [
    'net-not-provisioned',
    refused(
      'ReferencedResourceNotProvisioned',
      `Cannot proceed with operation because resource ${id}/Microsoft.Network/virtualNetworks/v used by resource x is not in Succeeded state. Resource is in Updating state.`,
    ),
  ],
  [
    'kv-soft-deleted',
    refused(
      'ConflictError',
      'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault.',
    ),
  ],
  ['signin-needed', refused('InvalidAuthenticationToken', 'The access token is invalid.')],
  [
    'ext-missing',
    "ERROR: The command requires the extension ml. Unable to prompt for extension install confirmation as no tty available. Run 'az config set extension.use_dynamic_install=yes_without_prompt' to allow installing extensions without prompt.\n",
  ],
  ['group-not-found', refused('ResourceGroupNotFound', "Resource group 'rg-ml' could not be found.")],
  [
    'parent-not-found',
    refused('ParentResourceNotFound', "Can not perform requested operation on nested resource. Parent resource 'vnet' not found."),
  ],
  [
    'kubernetes-unreachable',
    'E1121 13:13:49.123456    1234 memcache.go:265] couldn\'t get current server API group list: Get "http://localhost:8080/api"\nThe connection to the server localhost:8080 was refused - did you specify the right host or port?\n',
  ],
  ['kubernetes-unreachable', 'Unable to connect to the server: dial tcp 52.183.119.19:443: i/o timeout\n'],
  [
    'kubernetes-forbidden',
    'Error from server (Forbidden): namespaces is forbidden: User "jane" cannot list resource "namespaces" in API group "" at the cluster scope\n',
  ],
];
