using FsCheck;
using FsCheck.Fluent;
using StepFlow.Language.Choices;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Intrinsics;
using StepFlow.Language.Json;
using StepFlow.Language.JsonPath;
using StepFlow.Language.Templates;
using StepFlow.Language.Tests.Json;
using StepFlow.Language.Tests.JsonPath;

namespace StepFlow.Language.Tests.Templates;

public sealed class TemplatePropertyTests
{
    private static readonly string[] Expressions =
    [
        "$", "$.a", "$.a.b", "$.items[*]", "$..c", "$$", "$v", "$.a[0]", "States.UUID()", "States.Array($.a, 1)", "States.Format('{}', $)",
        "States.JsonMerge($.a, $.b, false)", "States.ArrayUnique($.items)", "States.JsonToString($)", "States.MathAdd($.a, 1)", "States.Hash($, 'MD5')",
        "States.ArrayPartition($.a, $.b)", "States.StringToJson($.a)", "States.Base64Decode($.a)", "States.ArrayRange($.a, $.b, $.c)",
    ];

    private static readonly string[] IntrinsicPieces =
    [
        "States.Array(", "States.Format(", "States.MathAdd(", ")", ",", "'a'", "'{}'", "'\\'", "\\", "'", "1", "-2.5", "true", "null", "$.a", "$..*", "$.a[?(@.b == ',)')]", " ", "x",
    ];

    [Fact]
    public void Evaluate_AnyTemplateAndInput_GivesAValueOrAnError() => Prop.ForAll(Gen.Zip(Templates(), JsonGen.Values).ToArbitrary(), one =>
    {
        if (!PayloadTemplate.TryParse(one.Item1, out PayloadTemplate? template, out IReadOnlyList<TemplateError> errors))
        {
            Assert.NotEmpty(errors);
            return;
        }

        Outcome<JsonValue> outcome = template.Evaluate(new TestScope(variables: """{"v":1}"""), one.Item2);
        Assert.True(outcome.IsSuccess ? outcome.Value is not null : outcome.Error.Cause is not null);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void TryParse_AnyIntrinsicText_GivesACallOrReportsTheProblem()
    {
        Gen<string> texts = Gen.Elements(IntrinsicPieces).ListOf().Select(pieces => "States.Array(" + string.Concat(pieces.Take(12)));
        Prop.ForAll(Gen.Zip(texts, JsonGen.Values).ToArbitrary(), one =>
        {
            if (IntrinsicExpression.TryParse(one.Item1, out IntrinsicExpression? call, out string? error))
            {
                Outcome<JsonValue> outcome = call.Evaluate(new TestScope(), one.Item2, "v.$");
                Assert.True(outcome.IsSuccess || outcome.Error.Name is ErrorNames.Runtime or ErrorNames.IntrinsicFailure);
            }
            else
            {
                Assert.NotEmpty(error);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Evaluate_AnyOperatorAndValues_GivesABooleanOrAnError()
    {
        Gen<JsonObject> rules =
            from comparison in Gen.Elements(ComparisonOperator.All.ToArray())
            from variable in Gen.Elements("$.a", "$.b.c", "$v", "$$")
            from operand in JsonGen.Values
            select JsonObject.Create(("Variable", variable), (comparison.Name, comparison.IsPath ? "$.b" : comparison.IsTest ? true : operand));
        Prop.ForAll(Gen.Zip(rules, JsonGen.Values).ToArbitrary(), one =>
        {
            if (ChoiceRuleParser.TryParse(one.Item1, EffectiveInput.Raw, out Field<bool>? condition, out string? error))
            {
                Outcome<bool> outcome = condition.Evaluate(new TestScope(one.Item2, JsonObject.Empty, JsonObject.Empty));
                Assert.True(outcome.IsSuccess || outcome.Error.Name == ErrorNames.Runtime);
            }
            else
            {
                Assert.NotEmpty(error);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static Gen<JsonValue> Templates()
    {
        Gen<(string Name, JsonValue Value)> expression = Gen.Zip(Gen.Elements("p.$", "q.$", "r.$"), Gen.Elements(Expressions)).Select(pair => (pair.Item1, (JsonValue)pair.Item2));
        Gen<(string Name, JsonValue Value)> constant = Gen.Zip(Gen.Elements("x", "y", "p"), JsonGen.Values).Select(pair => (pair.Item1, pair.Item2));
        Gen<JsonValue> level = Gen.OneOf(expression, constant).ListOf().Select(members => (JsonValue)JsonObject.Create([.. members.Take(5)]));
        return Gen.Zip(level, level).Select(pair => (JsonValue)((JsonObject)pair.Item1).With("inner", JsonArray.Create(pair.Item2, "$.a")));
    }
}
