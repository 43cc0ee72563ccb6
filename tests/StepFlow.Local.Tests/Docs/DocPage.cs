using System.Text.RegularExpressions;

namespace StepFlow.Local.Tests.Docs;

/// <summary>A page of the documentation: the files that it gives, and its commands with what they show.</summary>
internal sealed partial class DocPage
{
    private DocPage(IReadOnlyList<(string Name, string Text)> files, IReadOnlyList<DocCommand> commands) => (Files, Commands) = (files, commands);

    public IReadOnlyList<(string Name, string Text)> Files { get; }

    public IReadOnlyList<DocCommand> Commands { get; }

    public static DocPage Read(string path)
    {
        var files = new List<(string, string)>();
        var commands = new List<DocCommand>();
        foreach (Match block in Block().Matches(File.ReadAllText(path)))
        {
            string text = block.Groups["text"].Value;
            if (block.Groups["file"].Success)
            {
                files.Add((block.Groups["file"].Value, text));
            }
            else if (block.Groups["kind"].Value == "console")
            {
                commands.AddRange(text.Split("\n$ ").Select(static one => one.TrimStart('$', ' ').TrimEnd('\n').Split('\n')).Select(static lines => new DocCommand(lines[0], lines[1..])));
            }
        }

        return new(files, commands);
    }

    [GeneratedRegex(@"(?:^<!-- file: (?<file>\S+) -->\n)?^```(?<kind>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}

/// <summary>A command of a page.</summary>
/// <param name="Line">What is typed.</param>
/// <param name="Shown">Lines that it shows, in this order; … matches any text.</param>
internal sealed record DocCommand(string Line, string[] Shown);
