// A job of Container Apps that encodes videos. It costs only while it runs. Executions start it as the job "transcode", or call
// a function of the video pipeline, which the job runs.
param name string
param environmentName string
param image string

@description('Registry that the identity pulls the image from. Empty for a public image.')
param registryEndpoint string
param identityId string
param identityClientId string
param principalId string
param workflowBlobEndpoint string
param workflowQueueEndpoint string
param location string
param tags object

@description('Time limit of one run, in seconds.')
@minValue(60)
@maxValue(86400)
param timeoutSeconds int = 14400

var jobsOperator = 'b9a307c4-5aa3-4b52-ba60-2b17c136cd7b' // Container Apps Jobs Operator

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: environmentName
  location: location
  tags: tags
  properties: {
    // The output goes to Azure Monitor; a diagnostic setting sends it on. The log of the app says how each run ended.
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
  }
}

resource job 'Microsoft.App/jobs@2024-03-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Manual'
      replicaTimeout: timeoutSeconds
      // No retries here, because the Retry of the state repeats a failed task.
      replicaRetryLimit: 0
      registries: empty(registryEndpoint) ? [] : [
        {
          server: registryEndpoint
          identity: identityId
        }
      ]
      manualTriggerConfig: {
        parallelism: 1
        replicaCompletionCount: 1
      }
    }
    template: {
      containers: [
        {
          name: 'transcode'
          image: image
          resources: {
            cpu: json('4')
            memory: '8Gi'
          }
          env: [
            {
              name: 'AZURE_CLIENT_ID'
              value: identityClientId
            }
            {
              name: 'WORKFLOW_BLOB_ENDPOINT'
              value: workflowBlobEndpoint
            }
            {
              name: 'StepFlow__Storage__BlobEndpoint'
              value: workflowBlobEndpoint
            }
            {
              name: 'StepFlow__Storage__QueueEndpoint'
              value: workflowQueueEndpoint
            }
          ]
        }
      ]
    }
  }
}

resource runs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(job.id, principalId, jobsOperator)
  scope: job
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', jobsOperator)
  }
}

output id string = job.id
output name string = job.name
