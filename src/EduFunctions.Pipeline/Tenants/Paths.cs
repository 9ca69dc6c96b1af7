namespace EduFunctions.Pipeline.Tenants;

/// <summary>Places in a tenant file, as errors name them: <c>$.feeds[0].delivery</c>.</summary>
public static class Paths
{
    /// <summary>Whether one is the other, or stands within it.</summary>
    public static bool Meet(string one, string other) => IsWithin(one, other) || IsWithin(other, one);

    private static bool IsWithin(string inner, string outer) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] is '.' or '[');
}
