using System.Text;

namespace StepFlow.Language.Intrinsics;

/// <summary>Values as Java prints them, which is how Step Functions fills a template: <c>{Id=1, Name=a}</c>, <c>[1, 2]</c>.</summary>
internal static class JavaText
{
    public static void Append(StringBuilder text, JsonValue value)
    {
        switch (value)
        {
            case JsonString plain:
                text.Append(plain.Value);
                break;
            case JsonNumber number:
                text.Append(number.Text);
                break;
            case JsonArray items:
                text.Append('[');
                for (int i = 0; i < items.Count; i++)
                {
                    text.Append(i == 0 ? string.Empty : ", ");
                    Append(text, items[i]);
                }

                text.Append(']');
                break;
            case JsonObject members:
                text.Append('{');
                bool isFirst = true;
                foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
                {
                    text.Append(isFirst ? string.Empty : ", ").Append(member.Key).Append('=');
                    Append(text, member.Value);
                    isFirst = false;
                }

                text.Append('}');
                break;
            default:
                text.Append(value);
                break;
        }
    }
}
