using StepFlow.Language.Catalogue;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Language.Tests.Loading;

public sealed class StateMachineLoaderTests
{
    [Fact]
    public void Load_Machine_LinksStates()
    {
        StateMachine machine = Load("""
            { "StartAt": "C", "TimeoutSeconds": 60, "States": {
                "C": { "Type": "Choice", "Choices": [{ "Variable": "$.a", "IsPresent": true, "Next": "T" }], "Default": "F" },
                "T": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "TimeoutSeconds": 5, "Next": "E",
                    "Retry": [{ "ErrorEquals": ["X"], "IntervalSeconds": 2, "MaxAttempts": 0, "BackoffRate": 1.5, "MaxDelaySeconds": 9, "JitterStrategy": "FULL" }],
                    "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "F" }] },
                "E": { "Type": "Succeed" },
                "F": { "Type": "Fail" } } }
            """);

        Assert.Equal(60, machine.TimeoutSeconds);
        var choice = Assert.IsType<CompiledChoice>(machine.Graph.Start);
        var task = Assert.IsType<CompiledTask>(choice.Rules[0].Next);
        Assert.IsType<CompiledFail>(choice.Default);
        Assert.IsType<CompiledSucceed>(task.Next);
        Assert.Same(choice.Default, task.Catch[0].Next);
        Assert.Null(task.Next!.Next);
        Assert.Equal(TaskPattern.WaitForTaskToken, task.Resource.Pattern);
        Assert.Equivalent(
            new CompiledRetrier { ErrorEquals = ["X"], IntervalSeconds = 2, MaxAttempts = 0, BackoffRate = 1.5, MaxDelaySeconds = 9, FullJitter = true },
            task.Retry[0]);
    }

    [Fact]
    public void Load_DefaultsOfRetrier_AreThoseOfTheLanguage()
    {
        StateMachine machine = Load("""
            { "StartAt": "T", "States": { "T": { "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true, "Retry": [{ "ErrorEquals": ["X"] }] } } }
            """);

        Assert.Equivalent(new CompiledRetrier { ErrorEquals = ["X"] }, ((CompiledTask)machine.Graph.Start).Retry[0]);
    }

    [Fact]
    public void Load_DistributedMap_GivesItsItemProcessor()
    {
        StateMachine machine = Load("""
            { "StartAt": "M", "States": { "M": { "Type": "Map", "End": true, "Label": "L", "MaxConcurrency": 3,
                "ItemReader": { "Resource": "arn:aws:states:::s3:getObject", "Parameters": { "Bucket.$": "$.b" }, "ReaderConfig": { "InputType": "CSV" } },
                "ItemBatcher": { "MaxItemsPerBatch": 7, "BatchInput": { "x": 1 } },
                "ResultWriter": { "WriterConfig": { "Transformation": "FLATTEN", "OutputType": "JSON" } },
                "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" },
                    "StartAt": "P", "States": { "P": { "Type": "Pass", "End": true } } } } } }
            """);

        var map = Assert.IsType<CompiledMap>(machine.Graph.Start);

        Assert.True(map.IsDistributed);
        Assert.True(map.IsExpress);
        Assert.Equal("L", map.Label);
        Assert.NotNull(map.ItemReader!.Config);
        Assert.NotNull(map.ItemBatcher!.BatchInput);
        Assert.Equal("FLATTEN", ((JsonString)map.ResultWriter!.Config!["Transformation"]!).Value);
        Assert.Equal("P", map.Processor.Start.Name);
        Assert.Equal("P", ((JsonString)map.ProcessorSource["StartAt"]!).Value);
    }

    [Fact]
    public void Load_LegacyIterator_IsTheItemProcessor()
    {
        StateMachine machine = Load("""
            { "StartAt": "M", "States": { "M": { "Type": "Map", "End": true, "Parameters": { "v.$": "$$.Map.Item.Value" },
                "Iterator": { "StartAt": "P", "States": { "P": { "Type": "Pass", "End": true } } } } } }
            """);

        var map = Assert.IsType<CompiledMap>(machine.Graph.Start);
        Assert.False(map.IsDistributed);
        Assert.NotNull(map.ItemSelector);
        Assert.Equal("P", map.Processor.Start.Name);
    }

    [Fact]
    public void LoadState_OneState_AllowsAnyNextState()
    {
        StateLoadResult result = StateMachineLoader.LoadState(JsonValue.Parse("""{ "Type": "Pass", "Next": "Elsewhere" }"""));

        Assert.Equal(StateMachineLoader.UnnamedState, result.State!.Name);
        Assert.Equal("Elsewhere", result.State.Next!.Name);
    }

    [Theory]
    [InlineData("""{ "Type": "Pass", "Next": "" }""", "/Next")]
    [InlineData("""{ "Type": "Choice", "Choices": [{ "Variable": "$.a", "IsNull": true, "Next": "" }], "Default": "B" }""", "/Choices[0]/Next")]
    public void LoadState_NextWithoutAName_IsRefused(string definition, string location)
    {
        Diagnostic found = Assert.Single(StateMachineLoader.LoadState(JsonValue.Parse(definition)).Diagnostics);

        Assert.Equal((DiagnosticMessages.Empty, $"/States/{StateMachineLoader.UnnamedState}{location}"), (found.Message, found.Location));
    }

    [Fact]
    public void LoadState_NamedStateOfUnfinishedMachine_LooksAtThatStateOnly()
    {
        JsonValue definition = JsonValue.Parse("""
            { "StartAt": "A", "States": { "A": { "Type": "Nope" }, "P": { "Type": "Parallel", "End": true, "Branches": [
                { "StartAt": "Inner", "States": { "Inner": { "Type": "Pass", "Result": 1, "End": true } } } ] } } }
            """);

        Assert.IsType<CompiledPass>(StateMachineLoader.LoadState(definition, "Inner").State);
        Assert.Equal("/States/A/Type", Assert.Single(StateMachineLoader.LoadState(definition, "A").Diagnostics).Location);
        Assert.True(StateMachineLoader.LoadState(definition, "Gone") is { IsSuccess: false, IsMissing: true });
    }

    [Fact]
    public void LoadState_InsideAMap_NamesTheMapAndDropsTheOwnName()
    {
        JsonValue definition = JsonValue.Parse("""
            { "StartAt": "M", "States": { "M": { "Type": "Map", "End": true, "ItemProcessor": { "StartAt": "P", "States": { "P": { "Type": "Parallel", "End": true,
                "Branches": [ { "StartAt": "Inner", "States": { "Inner": { "Type": "Pass", "End": true } } } ] } } } } } }
            """);

        StateLoadResult result = StateMachineLoader.LoadState(definition, "Inner");

        Assert.Equal("M", result.Around!.Name);
        Assert.Equal(StateMachineLoader.UnnamedState, result.State!.Name);
        Assert.Null(StateMachineLoader.LoadState(definition, "M").Around);
    }

    [Fact]
    public void LoadState_NameGivenForOneState_RequiresAMachine() => Assert.Contains(
        StateMachineLoader.LoadState(JsonValue.Parse("""{ "Type": "Pass", "End": true }"""), "A").Diagnostics,
        finding => finding.Message.Contains("StartAt", StringComparison.Ordinal));

    [Fact]
    public void LoadState_UnknownIntegration_IsRefusedWhereIntegrationsAreChecked()
    {
        JsonValue definition = JsonValue.Parse("""{ "Type": "Task", "Resource": "arn:aws:states:::dynamodb:query", "End": true }""");

        Assert.True(StateMachineLoader.LoadState(definition).IsSuccess);
        Assert.False(StateMachineLoader.LoadState(definition, integrations: IntegrationCatalogue.Aws).IsSuccess);
    }

    [Fact]
    public void Load_LargerThanQuota_IsRefused() => Assert.False(
        StateMachineLoader.Load("""{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }""", limits: new Limits { DefinitionBytes = 10 }).IsSuccess);

    [Fact]
    public void Load_NestedTooDeep_IsRefused() => Assert.False(StateMachineLoader.Load(new string('[', 5000)).IsSuccess);

    private static StateMachine Load(string definition)
    {
        LoadResult result = StateMachineLoader.Load(definition);
        Assert.True(result.IsSuccess, string.Join('\n', result.Diagnostics));
        return result.Machine!;
    }
}
