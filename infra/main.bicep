// Everything that StepFlow needs in Azure, in a resource group of its own.
//   azd up -C infra
//   az deployment sub create -l <location> -f infra/main.bicep -p environmentName=<name> location=<location>
targetScope = 'subscription'

@minLength(1)
@maxLength(32)
@description('Name of this installation; part of every resource name.')
param environmentName string

@minLength(1)
@description('Region of every resource.')
param location string

@allowed(['FlexConsumption', 'ElasticPremium'])
@description('Where the app runs: code that scales to zero, or a container with ffmpeg on a plan that is always there. The video pipeline needs the container.')
param hosting string = 'FlexConsumption'

@description('An image that encodes videos as a job of Container Apps: definitions run it as the job "transcode". Empty for no job.')
param transcodingImage string = ''

@allowed(['AzureStorage', 'DurableTaskScheduler'])
@description('Where Durable Functions keeps its state.')
param durableBackend string = 'AzureStorage'

@description('Container image of the app: what deploy.sh built last. Empty for the first deployment: a public image keeps it valid.')
param image string = ''

@description('Who is mailed when executions fail or work piles up; empty for nobody.')
param alertEmail string = ''

@description('Who may read and write uploads, queues, secrets and the scheduler by hand: an object id; empty for nobody.')
param operatorId string = ''

@allowed(['User', 'Group', 'ServicePrincipal'])
@description('What the operator is.')
param operatorType string = 'User'

@description('Whether to subscribe to uploads. False for the first deployment: the app that answers the subscription must run before.')
param subscribeToUploads bool = false

@description('Addresses that may reach the app, and with networkSubnetId its storage, tables and secrets: CIDR ranges with commas between, such as 203.0.113.0/24,198.51.100.7/32. Empty for every address.')
param allowedAddresses string = ''

@description('A subnet that the app works in: delegated to Microsoft.App/environments for Flex Consumption, to Microsoft.Web/serverFarms for Elastic Premium, with the service endpoints Microsoft.Storage, Microsoft.AzureCosmosDB and Microsoft.KeyVault. Storage, tables and secrets are closed to all but it and allowedAddresses. Empty for no network.')
param networkSubnetId string = ''

@description('A subnet for private endpoints of the app, its storage, tables and secrets, in the same network as networkSubnetId, which must be given too. The app is then closed to all but that network, allowedAddresses and Event Grid. Empty for no private endpoints.')
param privateEndpointSubnetId string = ''

@description('The app registration in Entra ID that people and apps sign in with: its client id. Empty where nobody signs in: function keys and access keys only.')
param signInClientId string = ''

var tags = {
  'azd-env-name': environmentName
}
var firstImage = 'mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0'
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
    transcodingImage: transcodingImage
    durableBackend: durableBackend
    image: empty(image) ? firstImage : image
    alertEmail: alertEmail
    operatorId: operatorId
    operatorType: operatorType
    subscribeToUploads: subscribeToUploads && hosting == 'FlexConsumption' ? fail('subscribeToUploads needs the hosting ElasticPremium: uploads start the video pipeline, whose ffmpeg is in the container.') : subscribeToUploads
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
output STEPFLOW_APP string = app.outputs.functionAppName
output STEPFLOW_KEY_VAULT string = app.outputs.vaultName
output STEPFLOW_ENDPOINT string = app.outputs.endpoint
output STEPFLOW_UPLOADS string = app.outputs.uploads
