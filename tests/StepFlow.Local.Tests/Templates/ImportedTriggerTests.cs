using StepFlow.Language.Json;
using StepFlow.Local.Imports;
using StepFlow.Local.Templates;

namespace StepFlow.Local.Tests.Templates;

/// <summary>What starts the machines of templates becomes triggers of the configuration.</summary>
public sealed class ImportedTriggerTests
{
    [Theory]
    [InlineData("Schedule", """{"Schedule":"rate(5 minutes)"}""", """{"StateMachine":"m","Schedule":"rate(5 minutes)"}""")]
    [InlineData("Schedule", """{"Schedule":"cron(30 2 ? * MON-FRI *)"}""", """{"StateMachine":"m","Schedule":"30 2 * * MON-FRI"}""")]
    [InlineData("ScheduleV2", """{"ScheduleExpression":"cron(0/15 8 ? * 2-6 *)","ScheduleExpressionTimezone":"Europe/Berlin"}""", """{"StateMachine":"m","Schedule":"0/15 8 * * 1-5","TimeZone":"Europe/Berlin"}""")]
    [InlineData("Schedule", """{"schedule":"cron(0 8 ? * 3#1 *)"}""", """{"StateMachine":"m","Schedule":"0 8 * * 2#1"}""")]
    [InlineData("EventBridgeRule", """{"Pattern":{"source":["shop"]},"EventBusName":"arn:aws:events:us-east-1:123456789012:event-bus/orders"}""", """{"StateMachine":"m","EventPattern":"{\"source\":[\"shop\"]}","EventBus":"orders"}""")]
    [InlineData("EventBridgeRule", """{"Pattern":{"source":["aws.s3"],"detail-type":["Object Created"],"detail":{"bucket":{"name":["b"]}}}}""", """{"StateMachine":"m","Container":"b"}""")]
    public void Trigger_OfATemplate_IsATriggerOfTheConfiguration(string kind, string settings, string expected) =>
        Assert.Equal(expected, Of(kind, settings).Settings?.ToString());

    [Theory]
    [InlineData("Schedule", """{"Schedule":"cron(0 8 1 1 ? 2030)"}""", "must be cron of five fields")]
    [InlineData("ScheduleV2", """{"ScheduleExpression":"at(2030-01-01T00:00:00)"}""", "must be cron of five fields")]
    [InlineData("Schedule", """{"Schedule":"rate(1 day)","Enabled":false}""", "it is disabled")]
    [InlineData("EventBridgeRule", """{"Pattern":{"source":"shop"}}""", "its event pattern must be a list of values or an object at source")]
    [InlineData("Api", """{"Path":"/x"}""", "POST /api/statemachines/m/executions")]
    [InlineData("Pipe", """{"Source":"arn:aws:sqs:us-east-1:123456789012:q"}""", "Call StartExecution instead")]
    public void WhatHasNoCounterpart_IsLeftOutWithItsReason(string kind, string settings, string reason)
    {
        ImportedTrigger trigger = Of(kind, settings);

        Assert.Null(trigger.Settings);
        Assert.Contains(reason, trigger.Remark, StringComparison.Ordinal);
    }

    private static ImportedTrigger Of(string kind, string settings) => ImportedTrigger.Of(new TemplateTrigger("m", "t", kind, (JsonObject)JsonValue.Parse(settings)));
}
