using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace StepFlow.Service.DefinitionFiles;

/// <summary>The events of a YAML text. All that the library's parser throws on a broken text is a <see cref="YamlException"/> here.</summary>
/// <param name="parser">The library's parser.</param>
internal sealed class YamlEvents(IParser parser) : IParser
{
    /// <inheritdoc/>
    public ParsingEvent? Current => parser.Current;

    /// <inheritdoc/>
    /// <exception cref="YamlException">The text is not YAML.</exception>
    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The library throws it for some invalid texts: a tab in a plain value, a tag that is not a URI.
            Mark at = parser.Current?.End ?? new Mark(0, 1, 1);
            throw new YamlException(at, at, "The text is not YAML.", e);
        }
    }
}
