using System.IO.Hashing;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>What a row has done in a feed, as far as the nights after it have to count it. Stored: a number stays what it is.</summary>
public enum Moved : byte
{
    Left = 0,
    Came = 1,
    Changed = 2,

    /// <summary>Came under a new id while the same person was there under another.</summary>
    CameTwice = 3,

    BecameProtected = 4,

    /// <summary>The id belongs to another person than before.</summary>
    ChangedOwner = 5,

    ChangedNames = 6,

    ChangedMail = 7,

    ChangedLogin = 8,

    /// <summary>A guardian is no longer linked to a student who is still there.</summary>
    LostStudents = 9,

    /// <summary>A section has nobody any more who teaches it.</summary>
    LostTeachers = 10,

    /// <summary>The school year is another, and not the next one, or none.</summary>
    ChangedYear = 11,

    /// <summary>Counts at another school than before; the school of the row is the former.</summary>
    ChangedSchool = 12,
}

/// <summary>What a row has done in one night: enough to tell whether it is the same row, not who it was. Stored byte for byte (SelectionFile).</summary>
/// <param name="Key">Hash of the id; of both for a membership.</param>
/// <param name="School">Where it counted.</param>
/// <param name="Kind">Number of the kind of row.</param>
/// <param name="Strays">In how many nights, the latest ones, the day was in the future or longer ago than counts.</param>
/// <param name="Day">Number of the day of the run.</param>
public readonly record struct Movement(ulong Key, EntityId School, byte Kind, Moved Moved, ushort Strays, int Day)
{
    public static ulong KeyOf(EntityId id) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes([id]));

    public static ulong KeyOf(EntityId section, EntityId person) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes<EntityId>([section, person]));
}
