using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Graphs;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;
using StepFlow.Language.Validation;

namespace StepFlow.Architecture.Tests;

/// <summary>Each state type goes the whole way: read, validated, drawn, compiled, executed. A new one without a stage fails here.</summary>
public sealed class StateStageTests
{
    /// <summary>The least definition of each type, as a machine's only state.</summary>
    private static readonly Dictionary<Type, string> Samples = new()
    {
        [typeof(PassState)] = """{ "Type": "Pass", "End": true }""",
        [typeof(TaskState)] = """{ "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true }""",
        [typeof(ChoiceState)] = """{ "Type": "Choice", "Choices": [{ "Variable": "$", "IsPresent": true, "Next": "Last" }] }""",
        [typeof(WaitState)] = """{ "Type": "Wait", "Seconds": 1, "End": true }""",
        [typeof(SucceedState)] = """{ "Type": "Succeed" }""",
        [typeof(FailState)] = """{ "Type": "Fail" }""",
        [typeof(ParallelState)] = """{ "Type": "Parallel", "Branches": [{ "StartAt": "Inner", "States": { "Inner": { "Type": "Pass", "End": true } } }], "End": true }""",
        [typeof(MapState)] = """{ "Type": "Map", "ItemProcessor": { "StartAt": "Inner", "States": { "Inner": { "Type": "Pass", "End": true } } }, "End": true }""",
    };

    /// <summary>Every type of the family, found by reflection; what cannot be read has no stages.</summary>
    public static TheoryData<Type> Types => new(typeof(State).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(State)) && !type.IsAbstract && type != typeof(UnreadableState)));

    [Fact]
    public void Family_Types_AreClosedDataAndNamedAsTheLanguageNamesThem()
    {
        Assert.All(typeof(State).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(State))), type => Assert.True(type.IsSealed || type == typeof(RetryableState)));
        Assert.Equal(
            StateTypes.All.Order(StringComparer.Ordinal),
            Types.Select(row => Stem(row.Data)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void State_EachType_HasEveryStage(Type type)
    {
        Assert.True(Samples.TryGetValue(type, out string? sample), $"{type.Name} has no sample here.");
        JsonValue definition = JsonValue.Parse(type == typeof(ChoiceState)
            ? $$"""{ "StartAt": "First", "States": { "First": {{sample}}, "Last": { "Type": "Succeed" } } }"""
            : $$"""{ "StartAt": "First", "States": { "First": {{sample}} } }""");
        var diagnostics = new DiagnosticBag();

        StateMachineDefinition read = DefinitionParser.ParseMachine(definition, diagnostics)!;
        Assert.IsType(type, read.Graph.States[0]);

        DefinitionValidator.Validate(read, Language.StateMachineType.Standard, diagnostics);
        Assert.Empty(diagnostics.Items);
        Assert.Contains("First", MachineGraph.Render(read, GraphFormat.Mermaid), StringComparison.Ordinal);

        StateMachine machine = StateMachineLoader.Load(definition).Machine!;
        Assert.Equal($"Compiled{Stem(type)}", machine.Graph.Start.GetType().Name);

        Assert.Contains(Enum.Parse<HistoryEventType>($"{Stem(type)}StateEntered"), Events(machine));
    }

    private static IEnumerable<HistoryEventType> Events(StateMachine machine) => WorkflowExecution.Start(machine, new()
    {
        ExecutionArn = "arn:aws:states:us-east-1:000000000000:execution:m:e",
        Name = "e",
        StateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:m",
        StateMachineName = "m",
        RoleArn = "arn:aws:iam::000000000000:role/r",
        Input = JsonArray.Empty,
        StartTime = DateTimeOffset.UnixEpoch,
    }).Turn.Events.Select(one => one.Type);

    private static string Stem(Type type) => type.Name[..^"State".Length];
}
