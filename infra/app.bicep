// The parts of one installation, in dependency order.
param location string
param tags object
param token string
param hosting string
param videoJob bool
param transcodingImage string
param durableBackend string
param image string
param alertEmail string
param operatorId string
param operatorType string
param subscribeToUploads bool
param triggerContainers object[]
param allowedAddresses string[]
param networkSubnetId string
param privateEndpointSubnetId string
param signInClientId string

var useScheduler = durableBackend == 'DurableTaskScheduler'

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    workspaceName: 'log-${token}'
    insightsName: 'appi-${token}'
    principalId: identity.outputs.principalId
    location: location
    tags: tags
  }
}

module hostStorage 'modules/hoststorage.bicep' = {
  name: 'host-storage'
  params: {
    name: 'st${token}'
    principalId: identity.outputs.principalId
    operatorId: operatorId
    operatorType: operatorType
    allowedAddresses: allowedAddresses
    networkSubnetId: networkSubnetId
    location: location
    tags: tags
  }
}

module workflowStorage 'modules/workflowstorage.bicep' = {
  name: 'workflow-storage'
  params: {
    name: 'stflow${token}'
    principalId: identity.outputs.principalId
    operatorId: operatorId
    operatorType: operatorType
    allowedAddresses: allowedAddresses
    networkSubnetId: networkSubnetId
    location: location
    tags: tags
  }
}

module messaging 'modules/servicebus.bicep' = {
  name: 'messaging'
  params: {
    name: 'sb-${token}'
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    location: location
    tags: tags
  }
}

module database 'modules/cosmos.bicep' = {
  name: 'database'
  params: {
    name: 'cosmos-${token}'
    principalId: identity.outputs.principalId
    allowedAddresses: allowedAddresses
    networkSubnetId: networkSubnetId
    location: location
    tags: tags
  }
}

module vault 'modules/keyvault.bicep' = {
  name: 'vault'
  params: {
    name: 'kv-${token}'
    principalId: identity.outputs.principalId
    operatorId: operatorId
    operatorType: operatorType
    workspaceId: monitoring.outputs.workspaceId
    allowedAddresses: allowedAddresses
    networkSubnetId: networkSubnetId
    location: location
    tags: tags
  }
}

module registry 'modules/registry.bicep' = if (hosting == 'ElasticPremium' || videoJob) {
  name: 'registry'
  params: {
    name: 'cr${token}'
    principalId: identity.outputs.principalId
    location: location
    tags: tags
  }
}

module transcoding 'modules/transcoding.bicep' = if (!empty(transcodingImage)) {
  name: 'transcoding'
  params: {
    name: 'job-${token}'
    environmentName: 'cae-${token}'
    image: transcodingImage
    registryEndpoint: videoJob ? registry!.outputs.endpoint : ''
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    principalId: identity.outputs.principalId
    workflowBlobEndpoint: workflowStorage.outputs.blobEndpoint
    workflowQueueEndpoint: workflowStorage.outputs.queueEndpoint
    location: location
    tags: tags
  }
}

module scheduler 'modules/scheduler.bicep' = if (useScheduler) {
  name: 'scheduler'
  params: {
    name: 'dts-${token}'
    principalId: identity.outputs.principalId
    operatorId: operatorId
    operatorType: operatorType
    location: location
    tags: tags
  }
}

module functions 'modules/functionapp.bicep' = {
  name: 'functions'
  params: {
    hosting: hosting
    name: 'func-${token}'
    planName: 'plan-${token}'
    allowedAddresses: allowedAddresses
    networkSubnetId: networkSubnetId
    location: location
    tags: tags
    image: image
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    privateEndpointSubnetId: privateEndpointSubnetId
    signInClientId: signInClientId
    hostStorageName: hostStorage.outputs.name
    packagesUrl: hostStorage.outputs.packagesUrl
    videoJob: videoJob
    transcodingJobId: empty(transcodingImage) ? '' : transcoding!.outputs.id
    workflowBlobEndpoint: workflowStorage.outputs.blobEndpoint
    workflowQueueEndpoint: workflowStorage.outputs.queueEndpoint
    registryEndpoint: hosting == 'ElasticPremium' ? registry!.outputs.endpoint : ''
    insightsConnectionString: monitoring.outputs.connectionString
    serviceBusNamespace: messaging.outputs.endpoint
    cosmosEndpoint: database.outputs.endpoint
    schedulerConnectionString: useScheduler ? scheduler!.outputs.connectionString : ''
    taskHubName: useScheduler ? scheduler!.outputs.taskHubName : 'StepFlow'
  }
}

module uploads 'modules/uploads.bicep' = if (subscribeToUploads || !empty(triggerContainers)) {
  name: 'uploads'
  params: {
    topicName: 'evgt-${token}'
    uploadsAccountName: workflowStorage.outputs.name
    uploadsContainerName: workflowStorage.outputs.uploads
    subscribeToUploads: subscribeToUploads
    triggerContainers: triggerContainers
    deadLettersAccountName: hostStorage.outputs.name
    deadLettersContainerName: hostStorage.outputs.deadLetters
    functionAppName: functions.outputs.name
    workspaceId: monitoring.outputs.workspaceId
    location: location
    tags: tags
  }
}

module privateNetwork 'modules/privatenetwork.bicep' = if (!empty(privateEndpointSubnetId)) {
  name: 'private-network'
  params: {
    hostStorageId: hostStorage.outputs.id
    workflowStorageId: workflowStorage.outputs.id
    databaseId: database.outputs.id
    vaultId: vault.outputs.id
    appId: functions.outputs.id
    subnetId: privateEndpointSubnetId
    location: location
    tags: tags
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    workspaceId: monitoring.outputs.workspaceId
    serviceBusId: messaging.outputs.id
    email: alertEmail
    token: token
    location: location
    tags: tags
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: {
    workspaceId: monitoring.outputs.workspaceId
    location: location
    tags: tags
  }
}

output registryName string = hosting == 'ElasticPremium' || videoJob ? registry!.outputs.name : ''
output videoJobName string = videoJob ? transcoding!.outputs.name : ''
output functionAppName string = functions.outputs.name
output endpoint string = functions.outputs.endpoint
output vaultName string = vault.outputs.name
output uploads string = '${workflowStorage.outputs.blobEndpoint}${workflowStorage.outputs.uploads}'
