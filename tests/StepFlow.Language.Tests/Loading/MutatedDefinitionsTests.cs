using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Language.Tests.Loading;

public sealed class MutatedDefinitionsTests
{
    private static readonly JsonValue[] Odd =
    [
        JsonValue.Null, JsonValue.True, 0, -1, 1_000_000_000_000, JsonNumber.Create(1.5), "", "x", "$", "$.a[0].b", "$$.Execution.Id", "$v",
        "{% 1 %}", "{% $states.input %}", "{% ( %}", "{%", "States.UUID()", "2020-01-01T00:00:00Z", "${Token}", JsonArray.Empty, JsonObject.Empty,
        JsonArray.Create(1, "x"), JsonObject.Create(("a.$", "$.b")),
    ];

    private static readonly string[] Fields =
    [
        "Type", "Next", "End", "QueryLanguage", "InputPath", "OutputPath", "ResultPath", "Parameters", "ResultSelector", "Arguments", "Output", "Assign",
        "Resource", "TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "Credentials", "Retry", "Catch", "Choices", "Default", "Condition",
        "Variable", "Seconds", "SecondsPath", "Timestamp", "TimestampPath", "Error", "ErrorPath", "Cause", "Branches", "ItemProcessor", "Iterator",
        "ItemsPath", "Items", "ItemSelector", "MaxConcurrency", "MaxConcurrencyPath", "ItemReader", "ReaderConfig", "ItemBatcher", "ResultWriter",
        "Label", "ToleratedFailurePercentage", "ErrorEquals", "MaxAttempts", "And", "Not", "NumericEquals", "StartAt", "States", "ProcessorConfig", "Mode",
    ];

    /// <summary>Definitions of every state type, with every field somewhere.</summary>
    public static TheoryData<string> Seeds => new(
        """
        { "StartAt": "C", "TimeoutSeconds": 9, "States": {
            "C": { "Type": "Choice", "Choices": [{ "And": [{ "Variable": "$.a", "IsPresent": true }, { "Not": { "Variable": "$.b", "NumericEquals": 1 } }], "Next": "T", "Assign": { "v.$": "$.c" } }], "Default": "W" },
            "T": { "Type": "Task", "Resource": "arn:aws:lambda:r:1:function:f", "InputPath": "$.x", "Parameters": { "p.$": "States.Format('{}', $.y)" }, "ResultSelector": { "r.$": "$.r" }, "ResultPath": "$.z", "OutputPath": "$",
                "TimeoutSecondsPath": "$.t", "HeartbeatSeconds": 5, "Credentials": { "RoleArn.$": "$.role" }, "Next": "W",
                "Retry": [{ "ErrorEquals": ["A"], "MaxAttempts": 2 }, { "ErrorEquals": ["States.ALL"] }], "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.e", "Next": "F" }] },
            "W": { "Type": "Wait", "SecondsPath": "$.s", "Next": "P" },
            "P": { "Type": "Parallel", "Next": "M", "Branches": [{ "StartAt": "B", "States": { "B": { "Type": "Pass", "Result": { "a": 1 }, "Assign": { "w": 1 }, "End": true } } }] },
            "M": { "Type": "Map", "ItemsPath": "$.items", "ItemSelector": { "i.$": "$$.Map.Item.Value" }, "MaxConcurrency": 2, "ToleratedFailurePercentage": 5, "Label": "L", "Next": "S",
                "ItemReader": { "Resource": "arn:aws:states:::s3:getObject", "Parameters": { "Bucket": "b", "Key.$": "$.k" }, "ReaderConfig": { "InputType": "CSV", "MaxItemsPath": "$.m" } },
                "ItemBatcher": { "MaxItemsPerBatch": 3, "BatchInput": { "q.$": "$.q" } }, "ResultWriter": { "Resource": "arn:aws:states:::s3:putObject", "Parameters": { "Bucket": "b" } },
                "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }, "StartAt": "I", "States": { "I": { "Type": "Wait", "Timestamp": "2020-01-01T00:00:00Z", "End": true } } } },
            "S": { "Type": "Succeed" },
            "F": { "Type": "Fail", "ErrorPath": "$.e.Error", "Cause": "c" } } }
        """,
        """
        { "StartAt": "C", "QueryLanguage": "JSONata", "States": {
            "C": { "Type": "Choice", "Choices": [{ "Condition": "{% $states.input.a > 1 %}", "Next": "T", "Assign": { "v": "{% 1 %}" }, "Output": { "o": ["{% 2 %}"] } }], "Default": "W", "Output": 1 },
            "T": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Arguments": { "p": "{% $states.input.y %}" }, "Output": "{% $states.result %}",
                "TimeoutSeconds": "{% 5 %}", "HeartbeatSeconds": 2, "Credentials": { "RoleArn": "{% $v %}" }, "Next": "W", "Catch": [{ "ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput %}", "Next": "F" }] },
            "W": { "Type": "Wait", "Seconds": "{% $states.input.s %}", "Next": "M" },
            "M": { "Type": "Map", "Items": "{% [1..3] %}", "ItemSelector": { "i": "{% $states.context.Map.Item.Value %}" }, "MaxConcurrency": "{% 2 %}", "Next": "S",
                "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Wait", "Timestamp": "{% $now() %}", "End": true } } } },
            "S": { "Type": "Succeed", "Output": "{% $v %}" },
            "F": { "Type": "Fail", "Error": "{% 'e' %}", "Cause": "c" } } }
        """);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Load_Seed_IsValid(string seed) => Assert.Empty(StateMachineLoader.Load(seed).Diagnostics);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Load_Mutated_NeverThrows(string seed)
    {
        JsonValue source = JsonValue.Parse(seed);
        var random = Entropy.FromSeed(seed);
        int valid = 0;
        for (int i = 0; i < 4000; i++)
        {
            JsonValue mutated = Mutate(source, random);
            LoadResult result = StateMachineLoader.Load(mutated);

            Assert.True(result.IsSuccess != result.Diagnostics.Any(diagnostic => diagnostic.IsError), mutated.ToString());
            valid += result.IsSuccess ? 1 : 0;
        }

        Assert.InRange(valid, 1, 3999);
    }

    /// <summary>Replaces, removes, renames or adds one member or element somewhere.</summary>
    private static JsonValue Mutate(JsonValue value, Entropy random)
    {
        int size = value is JsonObject members ? members.Count : value is JsonArray items ? items.Count : 0;
        if (size == 0 || Below(random, 6) == 0)
        {
            return value is JsonObject target && Below(random, 2) == 0 ? target.With(Pick(random, Fields), Pick(random, Odd)) : Pick(random, Odd);
        }

        int at = Below(random, size);
        if (value is JsonArray array)
        {
            return array.With(at, Mutate(array[at], random));
        }

        var source = (JsonObject)value;
        KeyValuePair<string, JsonValue> member = source.AsSpan()[at];
        return Below(random, 8) switch
        {
            0 => source.Without(member.Key),
            1 => source.Without(member.Key).With(Pick(random, Fields), member.Value),
            _ => source.With(member.Key, Mutate(member.Value, random)),
        };
    }

    private static int Below(Entropy random, int bound) => (int)(random.NextUInt64() % (ulong)bound);

    private static T Pick<T>(Entropy random, T[] choices) => choices[Below(random, choices.Length)];
}
