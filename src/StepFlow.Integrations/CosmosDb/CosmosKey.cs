using Microsoft.Azure.Cosmos;

namespace StepFlow.Integrations.CosmosDb;

/// <summary>Reads the argument <c>PartitionKey</c>.</summary>
internal static class CosmosKey
{
    private const string Argument = "PartitionKey";

    /// <summary>The partition key; null where the argument is absent.</summary>
    public static PartitionKey? Read(ArgumentReader arguments, JsonValue given)
    {
        if ((given as JsonObject)?[Argument] is not { } value)
        {
            return null;
        }

        var key = new PartitionKeyBuilder();
        IReadOnlyList<JsonValue> parts = value is JsonArray { Count: > 0 } levels ? levels : [value];
        foreach (JsonValue part in parts)
        {
            switch (part)
            {
                case JsonString text:
                    key.Add(text.Value);
                    break;
                case JsonNumber number:
                    key.Add(number.ToDouble());
                    break;
                case JsonBoolean flag:
                    key.Add(flag.Value);
                    break;
                case JsonNull:
                    key.AddNullValue();
                    break;
                default:
                    arguments.Refuse(TaskErrors.InvalidArgument(Argument, CosmosErrors.PartitionKey));
                    return null;
            }
        }

        return key.Build();
    }

    public static PartitionKey Require(ArgumentReader arguments, JsonValue given)
    {
        PartitionKey? key = Read(arguments, given);
        if (key is null)
        {
            arguments.Refuse(TaskErrors.MissingArgument(Argument));
        }

        return key ?? PartitionKey.None;
    }
}
