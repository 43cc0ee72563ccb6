using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;
using StepFlow.Language.Tests.JsonPath;

namespace StepFlow.Language.Tests.Jsonata.Asl;

public sealed class JsonataStateTests
{
    private static readonly TestScope Scope = new("""{ "n": 2, "list": [1, 2] }""", """{ "State": { "Name": "S" } }""", """{ "v": 10 }""");

    [Theory]
    [InlineData("""{ "Output": "{% $states.input.n + $v %}" }""", "12")]
    [InlineData("""{ "Output": { "a": ["{% $states.context.State.Name %}", "text {% no %} text", 1] } }""", """{ "a": ["S", "text {% no %} text", 1] }""")]
    [InlineData("""{ "Output": "{% null %}" }""", "null")]
    [InlineData("""{ "Output": 5 }""", "5")]
    [InlineData("{}", "\"result\"")]
    public void Complete_Output_IsEvaluated(string fields, string expected)
    {
        Outcome<(JsonValue Output, JsonObject? Assigned)> outcome = Load<CompiledPass>("Pass", fields).Data.Leave(Scope, "result");

        Assert.Equal(JsonValue.Parse(expected), outcome.Value.Output);
    }

    [Theory]
    [InlineData("""{ "Output": { "a": [0, "{% $gone %}"] } }""", "Output/a[1]", "The JSONata expression '$gone' specified for the field 'Output/a[1]' returned nothing (undefined).")]
    [InlineData("""{ "Assign": { "x": "{% $boom(1) %}" } }""", "Assign/x", "The JSONata expression '$boom(1)' specified for the field 'Assign/x' threw an error during evaluation. T1006: Attempted to invoke a non-function")]
    [InlineData("""{ "Output": "{% function($x) { $x } %}" }""", "Output", "The JSONata expression 'function($x) { $x }' specified for the field 'Output' returned an unsupported result type.")]
    public void Complete_Failure_NamesField(string fields, string location, string cause)
    {
        Outcome<(JsonValue Output, JsonObject? Assigned)> outcome = Load<CompiledPass>("Pass", fields).Data.Leave(Scope, "result");

        Assert.Equal(new StatesError(ErrorNames.QueryEvaluationError, cause) { EvaluationLocation = location }, outcome.Error);
    }

    [Fact]
    public void Complete_AssignAndOutput_BothSeeValuesAtEntry()
    {
        Outcome<(JsonValue Output, JsonObject? Assigned)> outcome = Load<CompiledPass>("Pass", """{ "Assign": { "v": "{% $v + 1 %}" }, "Output": "{% $v %}" }""").Data.Leave(Scope, "result");

        Assert.Equal(10, outcome.Value.Output);
        Assert.Equal(JsonObject.Create(("v", 11)), outcome.Value.Assigned);
    }

    [Fact]
    public void Complete_TaskAndCatcher_SeeResultAndErrorOutput()
    {
        var task = Load<CompiledTask>("Task", """
            { "Resource": "arn:aws:states:::http:invoke", "Arguments": { "n": "{% $states.input.n %}" }, "Output": "{% $states.result.a %}",
              "Catch": [{ "ErrorEquals": ["X"], "Next": "S", "Output": "{% $states.errorOutput.Error %}" }, { "ErrorEquals": ["States.ALL"], "Next": "S" }] }
            """);

        Assert.Equal(JsonObject.Create(("n", 2)), task.Data.Arguments(Scope).Value);
        Assert.Equal(7, task.Data.Leave(Scope, JsonObject.Create(("a", 7))).Value.Output);
        Assert.Equal("E", task.Catch[0].Data.Leave(Scope, JsonObject.Create(("Error", "E"))).Value.Output);
        Assert.Equal(JsonObject.Create(("Error", "E")), task.Catch[1].Data.Leave(Scope, JsonObject.Create(("Error", "E"))).Value.Output);
    }

    [Fact]
    public void Choice_Rule_FailsByItsOwnFieldsAndFallsBackToTheStates()
    {
        var choice = Load<CompiledChoice>("Choice", """
            { "Output": "{% 'state' %}", "Choices": [
                { "Condition": "{% $states.input.n > 1 %}", "Next": "S", "Output": { "v": "{% $gone %}" } },
                { "Condition": "{% $states.input.n %}", "Next": "S" },
                { "Condition": false, "Next": "S" } ] }
            """);

        Assert.True(choice.Rules[0].Condition.Evaluate(Scope).Value);
        Assert.Equal("Choices[0]/Output/v", choice.Rules[0].Data.Leave(Scope, "in").Error!.EvaluationLocation);
        Assert.Equal(
            "The JSONata expression '$states.input.n' specified for the field 'Choices[1]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 2",
            choice.Rules[1].Condition.Evaluate(Scope).Error!.Cause);
        Assert.Equal("state", choice.Rules[1].Data.Leave(Scope, "in").Value.Output);
        Assert.False(choice.Rules[2].Condition.Evaluate(Scope).Value);
    }

    [Fact]
    public void Map_Items_MustBeArray()
    {
        const string Processor = "\"ItemProcessor\": { \"StartAt\": \"I\", \"States\": { \"I\": { \"Type\": \"Pass\", \"End\": true } } }";
        var good = Load<CompiledMap>("Map", $$"""{ "Items": "{% $states.input.list %}", "MaxConcurrency": "{% $v %}", {{Processor}} }""");
        var bad = Load<CompiledMap>("Map", $$"""{ "Items": "{% {'a': 1} %}", "MaxConcurrency": "{% 'x' %}", {{Processor}} }""");

        Assert.Equal(JsonArray.Create(1, 2), good.Items.Evaluate(Scope).Value);
        Assert.Equal(10, good.MaxConcurrency!.Evaluate(Scope).Value);
        Assert.Equal(
            """The JSONata expression '{'a': 1}' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'object' for value: {"a":1}""",
            bad.Items.Evaluate(Scope).Error!.Cause);
        Assert.Equal("MaxConcurrency", bad.MaxConcurrency!.Evaluate(Scope).Error!.EvaluationLocation);
    }

    [Theory]
    [InlineData("""{ "Seconds": "{% $states.input.n * 3 %}" }""", 6)]
    [InlineData("""{ "Seconds": 4 }""", 4)]
    [InlineData("""{ "Timestamp": "{% $fromMillis($toMillis('2025-01-01T12:00:00Z') + 9000) %}" }""", 9)]
    [InlineData("""{ "Timestamp": "2025-01-01T12:00:05Z" }""", 5)]
    public void Wait_Field_GivesInstant(string fields, int seconds) =>
        Assert.Equal(TestScope.Noon.AddSeconds(seconds), Load<CompiledWait>("Wait", fields).Until.Evaluate(Scope).Value);

    [Theory]
    [InlineData("""{ "Seconds": "{% -1 %}" }""", "Seconds")]
    [InlineData("""{ "Seconds": "{% 'soon' %}" }""", "Seconds")]
    [InlineData("""{ "Timestamp": "{% 'noon' %}" }""", "Timestamp")]
    public void Wait_BadValue_NamesField(string fields, string location) =>
        Assert.Equal(location, Load<CompiledWait>("Wait", fields).Until.Evaluate(Scope).Error!.EvaluationLocation);

    [Fact]
    public void Fail_Texts_AreEvaluated()
    {
        var fail = Load<CompiledFail>("Fail", """{ "Error": "{% 'E' & $v %}", "Cause": "{% 1 %}" }""");

        Assert.Equal("E10", fail.Error!.Evaluate(Scope).Value);
        Assert.Equal(
            "The JSONata expression '1' specified for the field 'Cause' returned an unexpected result type. Expected 'string', but was 'number' for value: 1",
            fail.Cause!.Evaluate(Scope).Error!.Cause);
    }

    [Fact]
    public void Expressions_SameScope_AreDeterministic()
    {
        var pass = Load<CompiledPass>("Pass", """{ "Output": ["{% $uuid() %}", "{% $random() %}", "{% $now() %}"] }""");

        Assert.Equal(
            pass.Data.Leave(new TestScope(), "x").Value.Output,
            pass.Data.Leave(new TestScope(), "x").Value.Output);
    }

    private static T Load<T>(string type, string fields)
        where T : CompiledState
    {
        JsonObject state = ((JsonObject)JsonValue.Parse(fields)).With("Type", type).With("QueryLanguage", "JSONata");
        if (type is not ("Choice" or "Fail" or "Succeed"))
        {
            state = state.With("End", true);
        }

        StateLoadResult result = StateMachineLoader.LoadState(state);
        Assert.True(result.IsSuccess, string.Join('\n', result.Diagnostics));
        return Assert.IsType<T>(result.State);
    }
}
