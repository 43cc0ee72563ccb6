using System.Text;

namespace StepFlow.Integrations.Http;

/// <summary>Writes JSON as <c>application/x-www-form-urlencoded</c> (HTTP task, Transform.RequestBodyEncoding <c>URL_ENCODED</c>).</summary>
internal sealed class FormEncoder(string arrayFormat)
{
    private readonly StringBuilder _text = new();

    public static readonly string[] ArrayFormats = ["INDICES", "REPEAT", "COMMAS", "BRACKETS", "NONE"];

    public static string Encode(JsonValue body, string arrayFormat)
    {
        var encoder = new FormEncoder(arrayFormat);
        if (body is JsonObject members)
        {
            foreach ((string name, JsonValue value) in members)
            {
                encoder.Write(Uri.EscapeDataString(name), value);
            }
        }

        return encoder._text.ToString();
    }

    /// <summary>A value as the text of a field: the text of a string, otherwise JSON.</summary>
    public static string Text(JsonValue value) => value switch
    {
        JsonString text => text.Value,
        { IsNull: true } => string.Empty,
        _ => value.ToString(),
    };

    private void Write(string name, JsonValue value)
    {
        switch (value)
        {
            case JsonObject members:
                foreach ((string member, JsonValue item) in members)
                {
                    Write($"{name}[{Uri.EscapeDataString(member)}]", item);
                }

                break;
            case JsonArray items when arrayFormat == "COMMAS":
                Append(name, string.Join(',', items.Select(static item => Uri.EscapeDataString(Text(item)))));
                break;
            case JsonArray items:
                for (int index = 0; index < items.Count; index++)
                {
                    Write(arrayFormat switch { "REPEAT" => name, "BRACKETS" => name + "[]", _ => $"{name}[{index}]" }, items[index]);
                }

                break;
            default:
                Append(name, Uri.EscapeDataString(Text(value)));
                break;
        }
    }

    private void Append(string name, string encoded) => _text.Append(_text.Length == 0 ? string.Empty : "&").Append(name).Append('=').Append(encoded);
}
