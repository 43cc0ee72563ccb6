using System.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using StepFlow.Local.Journal;
using StepFlow.Runtime.Definitions;

namespace StepFlow.Local.Engine;

/// <summary>The definitions that executions run on: each text has one number in the data file.</summary>
internal sealed class DefinitionCache(JournalReaders readers)
{
    /// <summary>The maximum number of definitions. Beyond it the cache is emptied, so that generated definitions do not use more and more memory.</summary>
    private const int Capacity = 2000;

    private readonly object _gate = new();
    private readonly ConcurrentDictionary<(string Text, bool IsExpress), PinnedDefinition> _byText = new();
    private readonly ConcurrentDictionary<(long Id, bool IsExpress), PinnedDefinition> _byId = new();
    private long _last = readers.Read(reader => reader.LastDefinition());

    /// <summary>The definition of a text.</summary>
    /// <exception cref="DefinitionException">The text is not a valid definition.</exception>
    public PinnedDefinition Get(string text, bool isExpress)
    {
        if (_byText.TryGetValue((text, isExpress), out PinnedDefinition? known))
        {
            return known;
        }

        lock (_gate)
        {
            // If another execution with the same text has started before, its id is used. It may not be in the data file yet.
            if (_byText.TryGetValue((text, isExpress), out known))
            {
                return known;
            }

            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            byte[] hash = SHA256.HashData(utf8);
            long id = _byText.TryGetValue((text, !isExpress), out PinnedDefinition? other) ? other.Id
                : readers.Read(reader => reader.FindDefinition(hash)) ?? ++_last;
            return Remember(new PinnedDefinition(id, text, hash, utf8, isExpress), isExpress);
        }
    }

    /// <summary>The definition that an execution was started with.</summary>
    public PinnedDefinition Get(long id, bool isExpress) =>
        _byId.TryGetValue((id, isExpress), out PinnedDefinition? known) ? known : Get(readers.Read(reader => reader.Definition(id)), isExpress);

    /// <summary>The text of the definition that an execution was started with.</summary>
    public string Text(long id) =>
        _byId.TryGetValue((id, false), out PinnedDefinition? known) || _byId.TryGetValue((id, true), out known)
            ? known.Text
            : readers.Read(reader => reader.Definition(id));

    private PinnedDefinition Remember(PinnedDefinition definition, bool isExpress)
    {
        if (_byText.Count >= Capacity)
        {
            // Definitions that are not written to the data file yet are only in this cache.
            foreach (((string, bool) key, PinnedDefinition stored) in _byText.Where(static entry => entry.Value.IsStored))
            {
                _byText.TryRemove(key, out _);
                _byId.TryRemove((stored.Id, key.Item2), out _);
            }
        }

        _byText[(definition.Text, isExpress)] = definition;
        _byId[(definition.Id, isExpress)] = definition;
        return definition;
    }
}
