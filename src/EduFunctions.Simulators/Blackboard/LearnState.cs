namespace EduFunctions.Simulators.Blackboard;

/// <summary>What Learn has. Ask it what came of the files, instead of reading them.</summary>
public sealed class LearnState
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _userIds = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<(string Kind, string Key), LearnRecord> _records = [];

    public HashSet<string> DataSources { get; } = ["SYSTEM"];

    public HashSet<string> InstitutionRoles { get; } =
        new(["STUDENT", "FACULTY", "STAFF", "OBSERVER", "ALUMNI", "GUEST", "OTHER"], StringComparer.OrdinalIgnoreCase);

    /// <summary>All records of an object, also the disabled ones, by key.</summary>
    public IReadOnlyList<LearnRecord> Records(string kind)
    {
        lock (_lock)
        {
            return [.. _records.Where(entry => entry.Key.Kind == kind).Select(entry => entry.Value)];
        }
    }

    /// <summary>The keys of an object's enabled records.</summary>
    public IReadOnlyList<string> Enabled(string kind) => [.. Records(kind).Where(record => record.IsEnabled).Select(record => record.Key)];

    public LearnRecord? Find(string kind, params string[] key)
    {
        lock (_lock)
        {
            return _records.GetValueOrDefault((kind, string.Join('|', key)));
        }
    }

    /// <summary>The key of the person who logs in by this name.</summary>
    public string? HolderOf(string userId)
    {
        lock (_lock)
        {
            return _userIds.GetValueOrDefault(userId);
        }
    }

    public void Put(LearnRecord record)
    {
        lock (_lock)
        {
            if (record.Kind == "person")
            {
                _userIds.Remove(_records.GetValueOrDefault((record.Kind, record.Key))?["user_id"] ?? "");
                _userIds[record["user_id"]] = record.Key;
            }

            _records[(record.Kind, record.Key)] = record;
        }
    }
}
