// Sends an e-mail when executions fail, when the app fails, when an execution has run for more than four hours, and when
// a queue moves messages to its dead-letter or poison queue.
param workspaceId string
param serviceBusId string
param email string
param token string
param location string
param tags object

var receivers = empty(email) ? [] : [
  {
    name: 'owner'
    emailAddress: email
    useCommonAlertSchema: true
  }
]
var rules = [
  {
    name: 'failed-executions'
    title: 'Executions failed'
    severity: 2
    query: 'AppTraces | where Message startswith "execution-ended" | parse Message with * "status=" Status " machine=" StateMachine " execution=" * | where Status in ("FAILED", "TIMED_OUT") | summarize Failures = count() by StateMachine'
    measure: 'Failures'
    window: 'PT15M'
    threshold: 0
  }
  {
    name: 'backlog-age'
    title: 'An execution has been running for more than four hours'
    severity: 2
    // The app logs the age of the oldest execution every 15 minutes. A query for its start could go back two days at most.
    query: 'AppTraces | where Message startswith "executions-running" | parse Message with * "oldestSeconds=" Seconds:long " oldest=" * | summarize OldestSeconds = max(Seconds)'
    measure: 'OldestSeconds'
    window: 'PT30M'
    threshold: 14400
  }
  {
    name: 'interrupted-executions'
    title: 'Executions are suspended or were ended by the app'
    severity: 1
    // The app ended them, or they are suspended until their problem is solved.
    query: 'AppTraces | where Message startswith "execution-interrupted" or Message startswith "execution-suspended" | summarize Executions = count()'
    measure: 'Executions'
    window: 'PT15M'
    threshold: 0
  }
  {
    // A failed workflow makes its orchestration fail, and a task may wait for memory. Neither is a failure of the app.
    name: 'failing-functions'
    title: 'Functions of the app failed'
    severity: 2
    query: 'AppExceptions | extend Text = strcat(ExceptionType, " ", OuterMessage, " ", InnermostMessage) | where Text !contains "ExecutionEndedException" and Text !contains "MemoryInUseException" | summarize Failures = count()'
    measure: 'Failures'
    window: 'PT15M'
    threshold: 10
  }
  {
    name: 'poison-messages'
    title: 'Messages of a storage queue failed repeatedly'
    severity: 2
    query: 'AppTraces | where Message startswith "Message has reached MaxDequeueCount" | summarize Messages = count()'
    measure: 'Messages'
    window: 'PT15M'
    threshold: 0
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'stepflow'
    emailReceivers: receivers
  }
}

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [for rule in rules: {
  name: '${rule.name}-${token}'
  location: location
  tags: tags
  properties: {
    displayName: rule.title
    severity: rule.severity
    enabled: true
    evaluationFrequency: 'PT5M'
    windowSize: rule.window
    scopes: [workspaceId]
    // The tables are empty at the first deployment. The validation may reject a query of an empty table.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: rule.query
          metricMeasureColumn: rule.measure
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: rule.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [people.id]
    }
  }
}]

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'dead-letters-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Service Bus moved messages to a dead-letter queue: they were rejected or failed repeatedly.'
    severity: 2
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'DeadLetters'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          dimensions: [
            {
              name: 'EntityName'
              operator: 'Include'
              values: ['*']
            }
          ]
          timeAggregation: 'Average'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}
