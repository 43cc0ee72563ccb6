using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Language.Tests.Loading;

public sealed class VariableReferencesTests
{
    [Theory]
    [InlineData("""{ "Type": "Pass", "InputPath": "$a.b", "Parameters": { "x.$": "$b[0]", "y": "$c", "z.$": "States.Format('$d {}', $e.f)" }, "End": true }""", "a", "b", "e")]
    [InlineData("""{ "Type": "Choice", "Choices": [{ "Or": [{ "Variable": "$a.x", "NumericEqualsPath": "$b" }, { "Variable": "$$.Execution.Id", "IsNull": true }], "Next": "S" }] }""", "a", "b")]
    [InlineData("""{ "Type": "Pass", "Assign": { "a": 1, "b.$": "$a", "c.$": "$.a" }, "End": true }""", "a")]
    [InlineData("""{ "Type": "Pass", "Comment": "$a", "Result": { "x.$": "$b" }, "End": true }""")]
    [InlineData("""{ "Type": "Pass", "QueryLanguage": "JSONata", "Output": { "x": "{% $a + $count($b) & $states.input %}", "y": "$c" }, "End": true }""", "a", "b")]
    [InlineData("""{ "Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% ($t := $a; $map($b, function($v) { $v + $t + $c })) %}", "End": true }""", "a", "b", "c")]
    [InlineData("""{ "Type": "Wait", "QueryLanguage": "JSONata", "Seconds": "{% $delay %}", "End": true }""", "delay")]
    public void Of_State_NamesTheVariablesItReads(string state, params string[] expected)
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> references =
            VariableReferences.Of(JsonValue.Parse($$"""{ "StartAt": "S", "States": { "S": {{state}} } }"""));

        Assert.Equal(expected, references.GetValueOrDefault("S") ?? []);
    }

    [Fact]
    public void Of_StatesInside_AreTheirOwn()
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> references = VariableReferences.Of(JsonValue.Parse("""
            { "StartAt": "M", "States": { "M": { "Type": "Map", "ItemsPath": "$items", "End": true,
                "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Pass", "InputPath": "$inner", "End": true } } } } } }
            """));

        Assert.Equal(["M", "I"], references.Keys);
        Assert.Equal(["items"], references["M"]);
        Assert.Equal(["inner"], references["I"]);
    }
}
