namespace StepFlow.Local.Records;

/// <summary>What follows in a record. The numbers are in data files and never change.</summary>
internal enum ValueTag : byte
{
    /// <summary>No value at all.</summary>
    Absent = 0,

    Null = 1,

    False = 2,

    True = 3,

    /// <summary>A signed number.</summary>
    Integer = 4,

    /// <summary>The text of a number.</summary>
    Number = 5,

    String = 6,

    /// <summary>A count, then the items.</summary>
    Array = 7,

    /// <summary>A count, then name and value of each member.</summary>
    Object = 8,

    /// <summary>The index of a value that was written before in this record.</summary>
    Again = 9,

    /// <summary>The content hash of a value that is stored separately.</summary>
    Payload = 10,
}
