// Everything that StepFlow needs in Azure, in a resource group of its own.
//   azd up -C infra
//   az deployment sub create -l <location> -f infra/main.bicep -p environmentName=<name> location=<location>
targetScope = 'subscription'

@minLength(1)
@maxLength(32)
@description('Name of this installation. It is part of every resource name.')
param environmentName string

@minLength(1)
@description('Region of every resource.')
param location string

@allowed(['FlexConsumption', 'ElasticPremium'])
@description('Hosting plan of the app: code that scales to zero, or a container with ffmpeg on a plan that always runs. The video pipeline needs the container, or videoJob.')
param hosting string = 'FlexConsumption'

@description('Whether a job of Container Apps runs the functions of the video pipeline, which need ffmpeg. deploy.sh builds its image.')
param videoJob bool = false

@description('Container image of the job. Definitions run it as the job "transcode". Empty for no job, or with videoJob for the first deployment, which uses a public image.')
param transcodingImage string = ''

@allowed(['AzureStorage', 'DurableTaskScheduler'])
@description('Storage provider of Durable Functions.')
param durableBackend string = 'AzureStorage'

@description('Container image of the app, which deploy.sh builds. Empty for the first deployment, which uses a public image.')
param image string = ''

@description('E-mail address for alerts. Empty for no e-mails.')
param alertEmail string = ''

@description('Object id of the operator, who gets read and write access to uploads, queues, secrets and the scheduler. Empty for no operator.')
param operatorId string = ''

@allowed(['User', 'Group', 'ServicePrincipal'])
@description('Type of the operator: a user, a group or a service principal.')
param operatorType string = 'User'

@description('Whether to create the subscription to uploads. False for the first deployment: the app must run before Event Grid can validate the subscription.')
param subscribeToUploads bool = false

@description('Triggers of the app whose containers Event Grid watches, as NAME=CONTAINER pairs separated by commas, such as arrived=incoming. The deployed app must have the triggers already.')
param triggerContainers string = ''

@description('Addresses that may access the app and, with networkSubnetId, its storage, tables and secrets. CIDR ranges separated by commas, such as 203.0.113.0/24,198.51.100.7/32. Empty for all addresses.')
param allowedAddresses string = ''

@description('Subnet of the app. It must be delegated to Microsoft.App/environments (Flex Consumption) or Microsoft.Web/serverFarms (Elastic Premium) and have the service endpoints Microsoft.Storage, Microsoft.AzureCosmosDB and Microsoft.KeyVault. Storage, tables and secrets are then accessible only from it and from allowedAddresses. Empty for no network.')
param networkSubnetId string = ''

@description('Subnet for private endpoints of the app, its storage, tables and secrets. It must be in the network of networkSubnetId, which is required too. The app is then accessible only from that network, allowedAddresses and Event Grid. Empty for no private endpoints.')
param privateEndpointSubnetId string = ''

@description('Client id of the app registration in Entra ID for sign-in. Empty for no sign-in: the app then accepts function keys and access keys only.')
param signInClientId string = ''

var tags = {
  'azd-env-name': environmentName
}
var firstImage = 'mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0'
var firstJobImage = 'mcr.microsoft.com/k8se/quickstart-jobs:latest'
var token = toLower(uniqueString(subscription().id, environmentName, location))

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module app 'app.bicep' = {
  name: 'app'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    hosting: hosting
    videoJob: videoJob
    transcodingImage: videoJob && empty(transcodingImage) ? firstJobImage : transcodingImage
    durableBackend: durableBackend
    image: empty(image) ? firstImage : image
    alertEmail: alertEmail
    operatorId: operatorId
    operatorType: operatorType
    subscribeToUploads: subscribeToUploads && hosting == 'FlexConsumption' && !videoJob ? fail('subscribeToUploads needs videoJob or the hosting ElasticPremium: uploads start the video pipeline, which needs ffmpeg.') : subscribeToUploads
    triggerContainers: empty(triggerContainers) ? [] : map(split(replace(triggerContainers, ' ', ''), ','), pair => {
      name: split(pair, '=')[0]
      container: split(pair, '=')[1]
    })
    allowedAddresses: empty(allowedAddresses) ? [] : split(replace(allowedAddresses, ' ', ''), ',')
    networkSubnetId: networkSubnetId
    signInClientId: signInClientId
    privateEndpointSubnetId: empty(privateEndpointSubnetId) || !empty(networkSubnetId) ? privateEndpointSubnetId : fail('privateEndpointSubnetId needs networkSubnetId: without it the app itself would not reach the private endpoints.')
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output STEPFLOW_HOSTING string = hosting
output STEPFLOW_REGISTRY string = app.outputs.registryName
output STEPFLOW_VIDEO_JOB_NAME string = app.outputs.videoJobName
output STEPFLOW_APP string = app.outputs.functionAppName
output STEPFLOW_KEY_VAULT string = app.outputs.vaultName
output STEPFLOW_ENDPOINT string = app.outputs.endpoint
output STEPFLOW_UPLOADS string = app.outputs.uploads
