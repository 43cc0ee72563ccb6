namespace StepFlow.Runtime.MapRuns;

/// <summary>The file of a Map Run's source that a reading is in.</summary>
public sealed record ItemFile
{
    /// <summary>The first or only file, before anything is read.</summary>
    public static ItemFile First { get; } = new();

    /// <summary>The version of the manifest that names the file; null if there is no manifest.</summary>
    public string? Manifest { get; init; }

    /// <summary>The file's index in the manifest, from 0.</summary>
    public int Number { get; init; }

    /// <summary>The page of the listing that names the file; null for the first page.</summary>
    public string? Page { get; init; }

    /// <summary>The file's key in the listing; null if there is no listing.</summary>
    public string? Key { get; init; }

    /// <summary>The file's version: only in this one the start of a record means something. Null where nothing of it was read.</summary>
    public string? Version { get; init; }

    /// <summary>The arrays and objects of a JSON file that the items are in, from outside, as <c>[</c> and <c>{</c>; null before the items.</summary>
    public string? Containers { get; init; }
}
