using System.Globalization;
using StepFlow.Language.Json;

namespace StepFlow.Service.Tests.Model;

/// <summary>Checks responses against the API model: no unknown member, no missing required one, types and enumerations right.</summary>
internal static class ResponseChecker
{
    /// <summary>Errors of the protocol itself, which the model does not list.</summary>
    private static readonly HashSet<string> ProtocolErrors = new(StringComparer.Ordinal)
    {
        "ValidationException", "SerializationException", "UnknownOperationException", "AccessDeniedException", "UnrecognizedClientException",
        "InvalidSignatureException", "MissingAuthenticationTokenException", "IncompleteSignatureException",
    };

    /// <summary>What is wrong with a response; empty where nothing is.</summary>
    public static IReadOnlyList<string> Check(string operation, JsonObject response)
    {
        var problems = new List<string>();
        if (ApiModel.Load().ShapeOf(operation, "output") is { } shape)
        {
            Check(shape, response, operation, problems);
        }

        return problems;
    }

    /// <summary>What is wrong with an error; empty where nothing is.</summary>
    public static IReadOnlyList<string> CheckError(string operation, JsonObject error)
    {
        string code = ApiModel.Text(error, "__type") ?? string.Empty;
        bool known = ProtocolErrors.Contains(code) || ApiModel.Load().ErrorsOf(operation).Contains(code);
        return known ? [] : [$"{operation}: returns {code}, which it does not declare"];
    }

    private static void Check(JsonObject shape, JsonValue value, string path, List<string> problems)
    {
        switch (ApiModel.Text(shape, "type"))
        {
            case "structure" when value is JsonObject structure:
                CheckStructure(shape, structure, path, problems);
                break;
            case "list" when value is JsonArray items:
                JsonObject member = Target((JsonObject)shape["member"]!);
                for (int i = 0; i < items.Count; i++)
                {
                    Check(member, items[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), problems);
                }

                break;
            case "map" when value is JsonObject map:
                JsonObject content = Target((JsonObject)shape["value"]!);
                foreach ((string key, JsonValue item) in map)
                {
                    Check(content, item, $"{path}.{key}", problems);
                }

                break;
            case "string" when value is JsonString text:
                if (shape["enum"] is JsonArray values && !values.Contains(text))
                {
                    problems.Add($"{path}: {text.Value} is not of the enumeration");
                }

                if (shape["min"] is JsonNumber min && text.Value.Length < min.ToDouble())
                {
                    problems.Add($"{path}: is shorter than {min.Text}");
                }

                break;
            case "timestamp" or "float" when value is JsonNumber:
            case "integer" or "long" when value is JsonNumber number && number.TryGetInt64(out _):
            case "boolean" when value is JsonBoolean:
                break;
            case var type:
                problems.Add($"{path}: is no {type}: {value}");
                break;
        }
    }

    private static void CheckStructure(JsonObject shape, JsonObject structure, string path, List<string> problems)
    {
        var members = (JsonObject)shape["members"]!;
        foreach (JsonValue required in shape["required"] as JsonArray ?? JsonArray.Empty)
        {
            if (!structure.ContainsKey(((JsonString)required).Value))
            {
                problems.Add($"{path}: lacks {required}");
            }
        }

        foreach ((string name, JsonValue content) in structure)
        {
            if (members[name] is not JsonObject reference)
            {
                problems.Add($"{path}: has an unknown member {name}");
            }
            else
            {
                Check(Target(reference), content, $"{path}.{name}", problems);
            }
        }
    }

    private static JsonObject Target(JsonObject reference) => ApiModel.Load().Shape(ApiModel.Text(reference, "shape")!);
}
