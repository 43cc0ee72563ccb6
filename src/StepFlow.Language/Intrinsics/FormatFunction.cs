using System.Text;
using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.Format(template, …)</c>: replaces each <c>{}</c>. <c>\{ \} \' \\</c> give the character after the backslash.</summary>
internal sealed class FormatFunction() : IntrinsicFunction("Format", 1, int.MaxValue)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonString { Value: var template })
        {
            return IntrinsicErrors.Kind(1, "a string");
        }

        var text = new StringBuilder(template.Length + (16 * arguments.Length));
        int next = 1;
        int at = 0;
        while (at < template.Length)
        {
            int special = template.AsSpan(at).IndexOfAny('{', '\\');
            if (special < 0)
            {
                text.Append(template, at, template.Length - at);
                break;
            }

            text.Append(template, at, special);
            at += special;
            char following = at + 1 < template.Length ? template[at + 1] : '\0';
            if (template[at] == '\\' && following is ('{' or '}' or '\'' or '\\'))
            {
                text.Append(following);
                at += 2;
            }
            else if (template[at] == '{' && following == '}')
            {
                if (next == arguments.Length)
                {
                    return IntrinsicErrors.PlaceholderCount;
                }

                if (text.Length + arguments[next].Utf8Length > Limits.MaxValueBytes)
                {
                    return IntrinsicErrors.TooLarge;
                }

                JavaText.Append(text, arguments[next++]);
                at += 2;
            }
            else
            {
                text.Append(template[at++]);
            }
        }

        return next == arguments.Length ? new JsonString(text.ToString()) : (IntrinsicResult)IntrinsicErrors.PlaceholderCount;
    }
}
