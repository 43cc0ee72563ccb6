using StepFlow.Language.Choices;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.JsonPath;
using StepFlow.Language.Tests.JsonPath;

namespace StepFlow.Language.Tests.Choices;

public sealed class ChoiceConditionTests
{
    [Theory]
    [InlineData("StringEquals", "\"a\"", "\"a\"", true)]
    [InlineData("StringEquals", "\"A\"", "\"a\"", false)]
    [InlineData("StringEquals", "1", "\"1\"", false)]
    [InlineData("StringLessThan", "\"A\"", "\"AB\"", true)]
    [InlineData("StringLessThan", "\"\"", "\"\"", false)]
    [InlineData("StringLessThanEquals", "\"\"", "\"\"", true)]
    [InlineData("StringGreaterThan", "\"b\"", "\"a\"", true)]
    [InlineData("StringGreaterThanEquals", "\"a\"", "\"b\"", false)]
    [InlineData("StringMatches", "\"foo23.log\"", "\"foo*.log\"", true)]
    [InlineData("StringMatches", "\"foobar.zebra\"", "\"foo*.*\"", true)]
    [InlineData("StringMatches", "\"foobar\"", "\"foo*.*\"", false)]
    [InlineData("StringMatches", "\"abcabd\"", "\"*abd\"", true)]
    [InlineData("StringMatches", "\"\"", "\"*\"", true)]
    [InlineData("StringMatches", "\"a*b\"", "\"a\\\\*b\"", true)]
    [InlineData("StringMatches", "\"axb\"", "\"a\\\\*b\"", false)]
    [InlineData("StringMatches", "\"a\\\\b\"", "\"a\\\\\\\\b\"", true)]
    [InlineData("StringMatches", "7", "\"*\"", false)]
    [InlineData("NumericEquals", "0.0", "0", true)]
    [InlineData("NumericEquals", "\"0\"", "0", false)]
    [InlineData("NumericEquals", "false", "0", false)]
    [InlineData("NumericEquals", "9007199254740993", "9007199254740992", false)]
    [InlineData("NumericLessThan", "1", "1.5", true)]
    [InlineData("NumericLessThanEquals", "1", "1.0", true)]
    [InlineData("NumericGreaterThan", "1", "1", false)]
    [InlineData("NumericGreaterThanEquals", "1", "1", true)]
    [InlineData("BooleanEquals", "true", "true", true)]
    [InlineData("BooleanEquals", "false", "true", false)]
    [InlineData("BooleanEquals", "null", "false", false)]
    [InlineData("TimestampEquals", "\"2012-10-09T19:00:55Z\"", "\"2012-10-09T20:00:55+01:00\"", true)]
    [InlineData("TimestampLessThan", "\"2012-10-09T19:00:55.000000001Z\"", "\"2012-10-09T19:00:55.000000002Z\"", true)]
    [InlineData("TimestampGreaterThan", "\"2012-10-09T19:00:56Z\"", "\"2012-10-09T19:00:55Z\"", true)]
    [InlineData("TimestampGreaterThanEquals", "\"2012-10-09T19:00:55Z\"", "\"2012-10-09T19:00:55Z\"", true)]
    [InlineData("TimestampLessThanEquals", "\"2012-10-09T19:00:56Z\"", "\"2012-10-09T19:00:55Z\"", false)]
    [InlineData("TimestampEquals", "\"no timestamp\"", "\"2012-10-09T19:00:55Z\"", false)]
    public void Evaluate_Comparison_RelatesValuesOfOneKind(string comparison, string value, string operand, bool expected)
    {
        JsonObject literal = JsonObject.Create(("Variable", "$.value"), (comparison, JsonValue.Parse(operand)));
        JsonObject input = JsonObject.Create(("value", JsonValue.Parse(value)), ("operand", JsonValue.Parse(operand)));
        Assert.Equal(expected, Evaluate(literal, input).Value);
        if (comparison != "StringMatches")
        {
            JsonObject path = JsonObject.Create(("Variable", "$.value"), (comparison + "Path", "$.operand"));
            Assert.Equal(expected, Evaluate(path, input).Value);
        }
    }

    [Theory]
    [InlineData("IsNull", "null", true)]
    [InlineData("IsNull", "0", false)]
    [InlineData("IsString", "\"\"", true)]
    [InlineData("IsString", "1", false)]
    [InlineData("IsNumeric", "1.5", true)]
    [InlineData("IsNumeric", "\"1\"", false)]
    [InlineData("IsBoolean", "false", true)]
    [InlineData("IsBoolean", "null", false)]
    [InlineData("IsTimestamp", "\"2012-10-09T19:00:55Z\"", true)]
    [InlineData("IsTimestamp", "\"2012-10-09T19:00:55+01:00\"", true)]
    [InlineData("IsTimestamp", "\"2012-10-09T19:00:55\"", false)]
    [InlineData("IsTimestamp", "\"2023-02-24\"", false)]
    [InlineData("IsPresent", "null", true)]
    [InlineData("IsPresent", "{}", true)]
    public void Evaluate_KindTest_ComparesWithItsOperand(string comparison, string value, bool expected)
    {
        JsonObject input = JsonObject.Create(("value", JsonValue.Parse(value)));
        Assert.Equal(expected, Evaluate(JsonObject.Create(("Variable", "$.value"), (comparison, true)), input).Value);
        Assert.Equal(!expected, Evaluate(JsonObject.Create(("Variable", "$.value"), (comparison, false)), input).Value);
    }

    [Theory]
    [InlineData("""{"Variable":"$.no.such","IsPresent":false}""", true)]
    [InlineData("""{"Variable":"$.no.such","IsPresent":true}""", false)]
    [InlineData("""{"Variable":"$noSuch","IsPresent":false}""", true)]
    [InlineData("""{"Not":{"Variable":"$.a","NumericEquals":1}}""", false)]
    [InlineData("""{"And":[{"Variable":"$.a","NumericEquals":1},{"Variable":"$.b","StringEquals":"x"}]}""", true)]
    [InlineData("""{"And":[{"Variable":"$.no","IsPresent":true},{"Variable":"$.no","StringEquals":"x"}]}""", false)]
    [InlineData("""{"Or":[{"Variable":"$.a","NumericEquals":1},{"Variable":"$.no","StringEquals":"x"}]}""", true)]
    [InlineData("""{"Or":[{"Variable":"$.a","NumericEquals":2},{"Not":{"Variable":"$.b","IsString":true}}]}""", false)]
    [InlineData("""{"Variable":"$$.Execution.Name","StringEquals":"e"}""", true)]
    [InlineData("""{"Variable":"$v","NumericEqualsPath":"$.a"}""", true)]
    [InlineData("""{"Variable":"$.list[1]","NumericEquals":2,"Next":"X","Comment":"c","Assign":{"y":1}}""", true)]
    public void Evaluate_Rule_Combines(string rule, bool expected) =>
        Assert.Equal(expected, Evaluate((JsonObject)JsonValue.Parse(rule), JsonValue.Parse("""{"a":1,"b":"x","list":[1,2]}""")).Value);

    [Theory]
    [InlineData("""{"Variable":"$.no","StringEquals":"x"}""", "$.no")]
    [InlineData("""{"Variable":"$.no","IsNull":true}""", "$.no")]
    [InlineData("""{"Variable":"$.b","StringEqualsPath":"$.no"}""", "$.no")]
    [InlineData("""{"Not":{"Variable":"$noSuch","NumericEquals":1}}""", "$noSuch")]
    [InlineData("""{"And":[{"Variable":"$.a","NumericEquals":1},{"Variable":"$.no","IsNumeric":false}]}""", "$.no")]
    public void Evaluate_PathNotFound_Fails(string rule, string path) => Assert.Equal(
        new StatesError("States.Runtime", $"Invalid path '{path}': The choice state's condition path references an invalid value."),
        Evaluate((JsonObject)JsonValue.Parse(rule), JsonValue.Parse("""{"a":1,"b":"x"}""")).Error);

    /// <summary>A path applied to an input that is null fails, also "$" (awslabs/states-language, issue 29); what the context object or a variable holds does not.</summary>
    [Theory]
    [InlineData("""{"Variable":"$","IsString":true}""")]
    [InlineData("""{"Variable":"$","IsNull":true}""")]
    [InlineData("""{"Variable":"$.a","StringEquals":"x"}""")]
    [InlineData("""{"Variable":"$v","NumericEqualsPath":"$"}""")]
    [InlineData("""{"Not":{"Variable":"$","BooleanEquals":true}}""")]
    public void Evaluate_NullInput_Fails(string rule) => Assert.Equal(
        new StatesError("States.Runtime", "Unable to apply Path transformation to null or empty input."),
        Evaluate((JsonObject)JsonValue.Parse(rule), JsonValue.Null).Error);

    [Theory]
    [InlineData("""{"Variable":"$.a","IsPresent":true}""", false)]
    [InlineData("""{"Variable":"$$.Execution.Name","StringEquals":"e"}""", true)]
    [InlineData("""{"Variable":"$v","NumericEquals":1}""", true)]
    public void Evaluate_NullInputNotRead_Decides(string rule, bool expected) =>
        Assert.Equal(expected, Evaluate((JsonObject)JsonValue.Parse(rule), JsonValue.Null).Value);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Variable":"$.a"}""")]
    [InlineData("""{"Variable":"a","IsNull":true}""")]
    [InlineData("""{"Variable":1,"IsNull":true}""")]
    [InlineData("""{"StringEquals":"x"}""")]
    [InlineData("""{"Variable":"$.a","StringEquals":1}""")]
    [InlineData("""{"Variable":"$.a","StringEqualsPath":"x"}""")]
    [InlineData("""{"Variable":"$.a","IsNull":"true"}""")]
    [InlineData("""{"Variable":"$.a","TimestampEquals":"x"}""")]
    [InlineData("""{"And":[]}""")]
    [InlineData("""{"Or":{}}""")]
    [InlineData("""{"Not":[]}""")]
    [InlineData("""{"And":[{"Variable":"$.a"}]}""")]
    public void TryParse_MalformedRule_ReportsTheProblem(string rule)
    {
        Assert.False(ChoiceRuleParser.TryParse((JsonObject)JsonValue.Parse(rule), EffectiveInput.Raw, out Field<bool>? condition, out string? error));
        Assert.Null(condition);
        Assert.NotEmpty(error);
    }

    [Fact]
    public void All_Operators_AreThoseOfTheLanguage() => Assert.Equal(39, ComparisonOperator.All.Count());

    private static Outcome<bool> Evaluate(JsonObject rule, JsonValue input)
    {
        Assert.True(ChoiceRuleParser.TryParse(rule, EffectiveInput.Raw, out Field<bool>? condition, out string? error), error);
        return condition.Evaluate(new TestScope(input, (JsonObject)JsonValue.Parse("""{"Execution":{"Name":"e"}}"""), JsonObject.Create(("v", 1))));
    }
}
