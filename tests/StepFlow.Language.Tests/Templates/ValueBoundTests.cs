using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Intrinsics;
using StepFlow.Language.Json;
using StepFlow.Language.JsonPath;
using StepFlow.Language.Loading;
using StepFlow.Language.Tests.JsonPath;

namespace StepFlow.Language.Tests.Templates;

/// <summary>What holds without quotas too: no state fills the memory, and no path or function takes for ever.</summary>
public sealed class ValueBoundTests
{
    [Theory]
    [InlineData("""{"Type":"Pass","Parameters":{"a.$":"$","b.$":"$"},"End":true}""")]
    [InlineData("""{"Type":"Pass","Parameters":{"a.$":"States.Array($, $)"},"End":true}""")]
    [InlineData("""{"Type":"Pass","Parameters":{"a.$":"States.Format('{}{}', $, $)"},"End":true}""")]
    [InlineData("""{"Type":"Pass","Parameters":{"a.$":"States.JsonToString($)"},"ResultPath":"$.b","End":true}""")]
    [InlineData("""{"Type":"Pass","QueryLanguage":"JSONata","Output":{"a":"{% $states.input %}","b":"{% $states.input %}"},"End":true}""")]
    public void Complete_OfAStateThatDoublesItsInput_FailsBeforeTheValueFillsTheMemory(string state)
    {
        CompiledState compiled = StateMachineLoader.LoadState(JsonValue.Parse(state)).State!;
        JsonValue value = JsonObject.Create(("text", "a text to begin with"));
        for (int turn = 0; turn < 100; turn++)
        {
            var scope = new TestScope(value, JsonObject.Empty, JsonObject.Empty) { LimitsInForce = Limits.None };
            Outcome<JsonValue> made = compiled.Data.Arguments(scope);
            Outcome<(JsonValue Output, JsonObject? Assigned)> completed = made.IsSuccess ? compiled.Data.Leave(scope, made.Value) : made.Error;
            if (!completed.IsSuccess)
            {
                Assert.Contains(completed.Error.Name, (string[])[ErrorNames.DataLimitExceeded, ErrorNames.IntrinsicFailure, ErrorNames.Runtime, ErrorNames.QueryEvaluationError]);
                return;
            }

            value = completed.Value.Output;
        }

        Assert.Fail("It never failed.");
    }

    [Theory]
    [InlineData("States.StringSplit($.text, ',')")]
    [InlineData("States.ArrayRange(0, 2000000, 1)")]
    public void Invoke_OfAFunctionThatMakesTooMuch_Fails(string text)
    {
        Assert.True(IntrinsicExpression.TryParse(text, out IntrinsicExpression? expression, out _));

        Outcome<JsonValue> made = expression.Evaluate(new TestScope { LimitsInForce = Limits.None }, JsonObject.Create(("text", string.Concat(Enumerable.Repeat(",a", 1_000_001)))), "a.$");

        Assert.Equal(ErrorNames.IntrinsicFailure, made.Error?.Name);
    }

    [Theory]
    [InlineData("$..*..*..*..*")]
    [InlineData("$..[?(@..[?(@..a)])]")]
    [InlineData("$[0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0]")]
    [InlineData("$..[?(@ in $..*)]")]
    [InlineData("$..[?(@ anyof $..*)]")]
    public void Find_OfAPathThatVisitsTooMuch_FailsWithTheReason(string text)
    {
        Assert.True(PathExpression.TryParse(text, out PathExpression? path, out string? error), error);
        JsonValue nested = JsonArray.Create(1, JsonObject.Create(("a", 1)));
        for (int depth = 0; depth < 300; depth++)
        {
            nested = JsonArray.Create(nested, depth, JsonObject.Create(("b", depth)));
        }

        var scope = new TestScope(nested, JsonObject.Empty, JsonObject.Empty);

        Assert.Null(path.Find(scope, nested));
        Assert.Contains("visits more than", PathErrors.InvalidPath(path, scope, nested).Cause, StringComparison.Ordinal);
    }
}
