// Mails somebody when executions fail, when the host fails, when one runs for more than four hours, however long ago it
// started, and when messages are put aside.
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
    title: 'Executions fail'
    severity: 2
    query: 'AppTraces | where Message startswith "execution-ended" | parse Message with * "status=" Status " machine=" StateMachine " execution=" * | where Status in ("FAILED", "TIMED_OUT") | summarize Failures = count() by StateMachine'
    measure: 'Failures'
    window: 'PT15M'
    threshold: 0
  }
  {
    name: 'backlog-age'
    title: 'An execution has run for over four hours'
    severity: 2
    // The app says every quarter of an hour how old the oldest execution is: a search for its start would go back two days at most.
    query: 'AppTraces | where Message startswith "executions-running" | parse Message with * "oldestSeconds=" Seconds:long " oldest=" * | summarize OldestSeconds = max(Seconds)'
    measure: 'OldestSeconds'
    window: 'PT30M'
    threshold: 14400
  }
  {
    name: 'interrupted-executions'
    title: 'The host could not go on with executions'
    severity: 1
    // Ended by the host, or waiting until somebody mends what keeps them.
    query: 'AppTraces | where Message startswith "execution-interrupted" or Message startswith "execution-suspended" | summarize Executions = count()'
    measure: 'Executions'
    window: 'PT15M'
    threshold: 0
  }
  {
    // A workflow that fails makes its orchestration fail, and a task may wait for memory: neither is a failure of the host.
    name: 'failing-functions'
    title: 'Functions of the app fail'
    severity: 2
    query: 'AppExceptions | extend Text = strcat(ExceptionType, " ", OuterMessage, " ", InnermostMessage) | where Text !contains "ExecutionEndedException" and Text !contains "MemoryInUseException" | summarize Failures = count()'
    measure: 'Failures'
    window: 'PT15M'
    threshold: 10
  }
  {
    name: 'poison-messages'
    title: 'Messages of a storage queue fail again and again'
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
    // The tables are empty on the first deployment, and a query of an empty table may count as a wrong one.
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
    description: 'Messages of Service Bus were refused, or failed again and again.'
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
