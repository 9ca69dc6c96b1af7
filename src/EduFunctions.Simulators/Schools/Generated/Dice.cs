namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>Chance that falls the same way every time (SplitMix64).</summary>
internal static class Dice
{
    public static ulong Throw(int seed, int salt, int index)
    {
        var x = Mix(((ulong)(uint)seed << 32) + (uint)salt);
        return Mix(x + ((ulong)(uint)index * 0x9E3779B97F4A7C15UL));
    }

    public static T Pick<T>(IReadOnlyList<T> choices, ulong thrown) => choices[(int)(thrown % (ulong)choices.Count)];

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
