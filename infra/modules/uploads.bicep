// Reports new blobs to the app: Event Grid calls the blob extension's endpoint of the function that the blobs start.
param topicName string
param uploadsAccountName string
param uploadsContainerName string
param subscribeToUploads bool

@description('Triggers of the app with the container that each one watches: name, container.')
param triggerContainers array
param deadLettersAccountName string
param deadLettersContainerName string
param functionAppName string
param workspaceId string
param location string
param tags object

resource uploadsAccount 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: uploadsAccountName
}

resource app 'Microsoft.Web/sites@2023-12-01' existing = {
  name: functionAppName
}

resource topic 'Microsoft.EventGrid/systemTopics@2022-06-15' = {
  name: topicName
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    source: uploadsAccount.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

resource deadLettersAccount 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: deadLettersAccountName
}

// The container of dead letters, the only one that Event Grid can write to.
resource deadLetters 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' existing = {
  name: '${deadLettersAccountName}/default/${deadLettersContainerName}'
}

var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor

resource keepsDeadLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(deadLetters.id, topic.id, blobDataContributor)
  scope: deadLetters
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
  }
}

// Logs of the events that could not be delivered to the app.
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: topic
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'DeliveryFailures'
        enabled: true
      }
    ]
  }
}

var blobsKey = listKeys('${app.id}/host/default', '2023-12-01').systemKeys.blobs_extension

var watched = concat(
  subscribeToUploads
    ? [
        {
          name: 'uploads'
          function: 'VideoUploaded'
          container: uploadsContainerName
        }
      ]
    : [],
  map(triggerContainers, trigger => {
    name: 'trigger-${replace(trigger.name, '_', '-')}'
    function: 'Trigger_${trigger.name}'
    container: trigger.container
  })
)

resource subscriptions 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2022-06-15' = [for item in watched: {
  parent: topic
  name: item.name
  dependsOn: [keepsDeadLetters]
  properties: {
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: 'https://${app.properties.defaultHostName}/runtime/webhooks/blobs?functionName=Host.Functions.${item.function}&code=${blobsKey}'
      }
    }
    eventDeliverySchema: 'EventGridSchema'
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/${item.container}/blobs/'
    }
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
    deadLetterWithResourceIdentity: {
      identity: {
        type: 'SystemAssigned'
      }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: {
          blobContainerName: deadLettersContainerName
          resourceId: deadLettersAccount.id
        }
      }
    }
  }
}]
