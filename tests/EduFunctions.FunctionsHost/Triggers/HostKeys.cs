namespace EduFunctions.FunctionsHost.Triggers;

/// <summary>The keys that open functions: one that opens all, and one for each function alone.</summary>
public sealed class HostKeys
{
    public string Host { get; } = New();

    private readonly Dictionary<string, string> _keys = new(StringComparer.OrdinalIgnoreCase);

    public string Of(string function)
    {
        lock (_keys)
        {
            return _keys.TryGetValue(function, out var key) ? key : _keys[function] = New();
        }
    }

    internal bool Opens(string? key, AppFunction function) => !function.NeedsKey || key == Host || key == Of(function.Name);

    private static string New() => Guid.NewGuid().ToString("N");
}
