using System.IO.Hashing;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>A row that has left a feed, or come into it: enough to tell whether it is the same, not who it was.</summary>
/// <param name="Key">Hash of the id.</param>
/// <param name="School">Where it counted.</param>
/// <param name="Kind">Number of the kind of row.</param>
/// <param name="Day">Number of the day of the run.</param>
public readonly record struct Departure(ulong Key, EntityId School, int Kind, int Day)
{
    public static ulong KeyOf(EntityId id) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes([id]));
}
