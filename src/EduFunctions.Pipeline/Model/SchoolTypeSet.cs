namespace EduFunctions.Pipeline.Model;

/// <summary>A set of school types as bits by their number. What comes after 62 different ones has no bit: it is in no set, and so on no list.</summary>
public static class SchoolTypeSet
{
    private const int LastBit = 63;

    public static ulong Of(byte number) => number is 0 or > LastBit ? 0 : 1UL << number;

    public static ulong Of(Vocabulary schoolTypes, IEnumerable<string> values) =>
        values.Aggregate(0UL, (set, value) => set | Of(schoolTypes.Number(value)));
}
