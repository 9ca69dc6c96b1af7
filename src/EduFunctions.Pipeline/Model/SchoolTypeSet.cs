namespace EduFunctions.Pipeline.Model;

/// <summary>A set of school types as bits by their number; the few that no schema knows share the last bit.</summary>
public static class SchoolTypeSet
{
    private const int LastBit = 63;

    public static ulong Of(byte number) => number == 0 ? 0 : 1UL << Math.Min(number, (byte)LastBit);

    public static ulong Of(Vocabulary schoolTypes, IEnumerable<string> values) =>
        values.Aggregate(0UL, (set, value) => set | Of(schoolTypes.Number(value)));
}
