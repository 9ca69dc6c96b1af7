namespace EduFunctions.Simulators.Blackboard;

/// <summary>What Learn has under one key.</summary>
/// <param name="Kind">The object, as in an address.</param>
/// <param name="Owner">The integration that made it.</param>
public sealed record LearnRecord(string Kind, string Key, string Owner)
{
    /// <summary>What Learn itself knows the record by: it never changes, whatever happens to the key.</summary>
    public int Number { get; init; }

    public required string DataSource { get; init; }

    public string RowStatus { get; init; } = "enabled";

    /// <summary>Values by header in lower case, keys included.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    public bool IsEnabled => RowStatus == "enabled";

    public string this[string header] => Values.GetValueOrDefault(header, "");
}
