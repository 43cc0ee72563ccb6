using System.Globalization;
using System.Text;

namespace StepFlow.Execution.Tests;

/// <summary>Decisions that a property test generates; used up, it decides for the first choice.</summary>
internal sealed class Tape(int[] decisions)
{
    private int _next;

    /// <summary>A number from 0 to below <paramref name="choices"/>.</summary>
    public int Next(int choices) => _next < decisions.Length ? (int)((uint)decisions[_next++] % (uint)choices) : 0;
}

/// <summary>Writes a valid machine that a tape decides on.</summary>
internal sealed class RandomMachine(Tape tape)
{
    private int _names;

    public string Write() => "{" + (tape.Next(4) == 1 ? "\"TimeoutSeconds\":300," : string.Empty) + Graph(0) + "}";

    private string Graph(int depth)
    {
        int count = 1 + tape.Next(4);
        string[] names = [.. Enumerable.Range(0, count).Select(_ => "S" + (++_names).ToString(CultureInfo.InvariantCulture))];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\"StartAt\":\"{names[0]}\",\"States\":{{");
        for (int i = 0; i < count; i++)
        {
            string? next = i + 1 < count ? names[i + 1] : null;
            text.Append(i > 0 ? "," : string.Empty).Append(CultureInfo.InvariantCulture, $"\"{names[i]}\":{{{State(depth, next, names[(i + 1)..])}}}");
        }

        return text.Append('}').ToString();
    }

    private string State(int depth, string? next, string[] later)
    {
        string way = next is null ? "\"End\":true" : $"\"Next\":\"{next}\"";
        return tape.Next(depth > 2 ? 7 : 9) switch
        {
            0 => $"\"Type\":\"Pass\",{way}",
            1 => $"\"Type\":\"Pass\",\"Parameters\":{{\"id.$\":\"States.UUID()\",\"n.$\":\"States.MathRandom(0,1000)\"}},\"Assign\":{{\"v.$\":\"$\"}},{way}",
            2 or 3 => Task(way, later),
            4 => $"\"Type\":\"Wait\",\"Seconds\":{tape.Next(20)},{way}",
            5 when next is not null => $"\"Type\":\"Choice\",\"Choices\":[{{\"Variable\":\"$.ok\",\"IsPresent\":true,\"Next\":\"{later[tape.Next(later.Length)]}\"}}],\"Default\":\"{next}\"",
            5 => "\"Type\":\"Succeed\"",
            6 when next is null => "\"Type\":\"Fail\",\"Error\":\"Wrong\",\"Cause\":\"by choice\"",
            6 => $"\"Type\":\"Pass\",\"Result\":{{\"ok\":{tape.Next(3)}}},\"ResultPath\":\"$.r\",{way}",
            7 => Map(depth, way, later),
            _ => Parallel(depth, way, later),
        };
    }

    private string Task(string way, string[] later)
    {
        string resource = tape.Next(4) switch
        {
            0 => "arn:aws:states:::lambda:invoke",
            1 => "arn:aws:lambda:us-east-1:111111111111:function:f",
            2 => "arn:aws:states:us-east-1:111111111111:activity:a",
            _ => "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        };
        string times = tape.Next(2) == 1 ? $"\"TimeoutSeconds\":{10 + tape.Next(20)},\"HeartbeatSeconds\":{1 + tape.Next(9)}," : string.Empty;
        return $"\"Type\":\"Task\",\"Resource\":\"{resource}\",{times}{Handlers(later)}{way}";
    }

    private string Map(int depth, string way, string[] later)
    {
        bool isDistributed = tape.Next(5) == 1;
        string config = isDistributed ? "\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"}," : string.Empty;
        string selector = tape.Next(2) == 1 ? "\"ItemSelector\":{\"i.$\":\"$$.Map.Item.Index\",\"v.$\":\"$$.Map.Item.Value\"}," : string.Empty;
        return $"\"Type\":\"Map\",\"ItemsPath\":\"$$.Execution.Input.items\",\"MaxConcurrency\":{tape.Next(4)},{selector}"
            + $"\"ItemProcessor\":{{{config}{Graph(depth + 1)}}},{Handlers(later)}{way}";
    }

    private string Parallel(int depth, string way, string[] later)
    {
        IEnumerable<string> branches = Enumerable.Range(0, 1 + tape.Next(3)).Select(_ => "{" + Graph(depth + 1) + "}");
        return $"\"Type\":\"Parallel\",\"Branches\":[{string.Join(',', branches)}],{Handlers(later)}{way}";
    }

    private string Handlers(string[] later)
    {
        string retry = tape.Next(3) == 1
            ? $"\"Retry\":[{{\"ErrorEquals\":[\"A\"],\"MaxAttempts\":{tape.Next(3)}}},{{\"ErrorEquals\":[\"States.ALL\"],\"MaxAttempts\":1,\"JitterStrategy\":\"FULL\"}}],"
            : string.Empty;
        string caught = later.Length > 0 && tape.Next(2) == 1
            ? $"\"Catch\":[{{\"ErrorEquals\":[\"States.ALL\"],\"ResultPath\":\"$.error\",\"Next\":\"{later[tape.Next(later.Length)]}\"}}],"
            : string.Empty;
        return retry + caught;
    }
}
