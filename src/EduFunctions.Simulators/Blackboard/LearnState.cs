namespace EduFunctions.Simulators.Blackboard;

/// <summary>What Learn has. Ask it what came of the files, instead of reading them.</summary>
public sealed class LearnState
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _userIds = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<(string Kind, string Key), LearnRecord> _records = [];

    private int _made;

    public LearnState() => Put(new LearnRecord("node", RootNode, "system") { DataSource = "SYSTEM", Values = new Dictionary<string, string>() });

    /// <summary>The node that is there from the beginning.</summary>
    public static string RootNode => "root-1";

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

            var number = _records.GetValueOrDefault((record.Kind, record.Key))?.Number ?? ++_made;
            _records[(record.Kind, record.Key)] = record with { Number = number };
        }
    }

    public void Purge(LearnRecord record)
    {
        lock (_lock)
        {
            _records.Remove((record.Kind, record.Key));
            if (record.Kind == "person" && _userIds.GetValueOrDefault(record["user_id"]) == record.Key)
            {
                _userIds.Remove(record["user_id"]);
            }
        }
    }

    /// <summary>Gives a record another key; what hangs on it stays there.</summary>
    public void Rename(LearnRecord record, string key, string keyHeader)
    {
        lock (_lock)
        {
            _records.Remove((record.Kind, record.Key));
            _records[(record.Kind, key)] = record with { Key = key, Values = With(record, keyHeader, key) };
            foreach (var (place, other) in record.Kind == "person" ? _records.ToList() : [])
            {
                var headers = other.Values.Where(value => value.Value == record.Key && PersonHeaders.Contains(value.Key)).Select(value => value.Key).ToList();
                if (headers.Count > 0)
                {
                    var values = headers.Aggregate(other, (row, header) => row with { Values = With(row, header, key) });
                    _records.Remove(place);
                    var parts = place.Key.Split('|').Select(part => part == record.Key ? key : part);
                    _records[(place.Kind, string.Join('|', parts))] = values with { Key = string.Join('|', parts) };
                }
            }

            foreach (var userId in record.Kind == "person" ? _userIds.Where(name => name.Value == record.Key).Select(name => name.Key).ToList() : [])
            {
                _userIds[userId] = key;
            }
        }
    }

    private static readonly string[] PersonHeaders = ["external_person_key", "external_user_key", "external_observer_key"];

    private static Dictionary<string, string> With(LearnRecord record, string header, string value) => new(record.Values) { [header] = value };
}
