using StepFlow.Language.Evaluation;
using StepFlow.Language.Intrinsics;
using StepFlow.Language.Json;
using StepFlow.Language.JsonPath;
using StepFlow.Language.Jsonata;
using StepFlow.Language.Loading;
using StepFlow.Language.Templates;

namespace StepFlow.Fuzzing.Tests.Targets;

/// <summary>What a definition is made of.</summary>
internal static class LanguageTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("json", Json, ["""{"a":[1,-2.5e3,true,null,"\u00e9\ud83d\ude00"],"b":{}}""", "[]", "1e400"]),
        FuzzTarget.OfText(
            "asl",
            static text => StateMachineLoader.Load(text),
            """{"StartAt":"A","QueryLanguage":"JSONata","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Arguments":{"x":"{% $states.input.a[b>1] %}"},"Retry":[{"ErrorEquals":["States.ALL"]}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}],"Next":"B"},"B":{"Type":"Succeed"}}}""",
            """{"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.a","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"Next":"C"},"C":{"Type":"Choice","Choices":[{"Variable":"$.x","NumericEquals":1,"Next":"W"}],"Default":"W"},"W":{"Type":"Wait","Seconds":1,"End":true}}}"""),
        FuzzTarget.OfText("jsonpath", static text => PathExpression.TryParse(text, out _, out _), "$.a[0]['b c'].*..d", "$$.Map.Item.Value[?(@.x > 1 && @.y == 'z')]", "$v[1,2:3:-1]", "$.a[?(@.b =~ /x/i)]"),
        FuzzTarget.OfText("reference-path", static text => ReferencePath.TryParse(text, out _, out _), "$.a.b[3]", "$['x']['y']"),
        FuzzTarget.OfText("jsonata", static text => JsonataExpression.TryParse(text, out _, out _), "$sum(a.b[c>1].($x := d * 2; $x)) ~> $string()", "function($a){$a & 'x'}(1)[0]{k: v}^(>z)", "/ab+c/i", "a ? b : c in [1..5] | x | {'y': 1}, ['z'] |"),
        FuzzTarget.OfText("intrinsic", static text => IntrinsicExpression.TryParse(text, out _, out _), "States.Format('a {} \\'b', $.x, States.MathAdd(1, -2.5))", "States.Array(States.UUID(), null, true, $$.x)"),
        FuzzTarget.OfText("template", static text => FuzzTarget.MayRefuse<JsonFormatException>(() => PayloadTemplate.TryParse(JsonValue.Parse(text), out _, out _)), """{"a.$":"$.x","b":[{"c.$":"States.UUID()"}],"d.$":1}"""),
        FuzzTarget.OfText("timestamp", static text => IsoTimestamp.TryParse(text, out _), "2024-02-29T23:59:60.123456789+14:00", "2024-01-01T00:00:00Z"),
    ];

    private static void Json(byte[] input) => FuzzTarget.MayRefuse<JsonFormatException>(() =>
    {
        JsonValue value = JsonValue.Parse(input);
        if (!JsonValue.Parse(value.ToUtf8()).Equals(value))
        {
            throw new InvalidOperationException("What is written is read as something else.");
        }
    });
}
