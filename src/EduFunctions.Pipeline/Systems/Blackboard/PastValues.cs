using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// What a person's record was called at Learn on earlier days, newest first, kept as long as it is remembered who has left: a Learn that was restored to one
/// of them calls it so again.
/// </summary>
/// <param name="column">Of the kept file.</param>
internal sealed class PastValues(string file, string column)
{
    private const string Since = "since";

    private readonly Dictionary<EntityId, List<(string Value, string Since)>> _past = [];

    public bool Any => _past.Count > 0;

    public IEnumerable<(EntityId Person, string Value)> All => _past.SelectMany(person => person.Value.Select(past => (person.Key, past.Value)));

    /// <param name="today">The key of today of whoever had or has one.</param>
    public void Read(KnownFiles before, DateOnly rememberedSince, Func<EntityId, EntityId> today)
    {
        if (before.Find(file) is not { } content)
        {
            return;
        }

        var (reader, first) = (new LearnFileReader(content), Written(rememberedSince));
        var (key, value, since) = (reader.Find(LearnObject.Person.Keys[0].Name), reader.Find(column), reader.Find(Since));
        while (reader.Read())
        {
            if (EntityId.TryRead(reader[key], out var person) && Encoding.UTF8.GetString(reader[since]) is var day && string.CompareOrdinal(day, first) >= 0)
            {
                Add(today(person), Encoding.UTF8.GetString(reader[value]), day);
            }
        }
    }

    public void Add(EntityId person, string value, DateOnly day) => Add(person, value, Written(day));

    public void Keep(BlackboardSettings settings, FeedFiles files, Predicate<EntityId> isKept)
    {
        var kept = _past.Where(person => isKept(person.Key)).OrderBy(person => person.Key).ToList();
        if (kept.Count == 0)
        {
            return;
        }

        using var rows = LearnFileWriter.Open(files.Keep(file), settings, [LearnObject.Person.Keys[0].Name, column, Since]);
        foreach (var (person, past) in kept)
        {
            foreach (var (value, since) in past)
            {
                rows.Value(person);
                rows.Value(Encoding.UTF8.GetBytes(value));
                rows.Value(Encoding.UTF8.GetBytes(since));
                rows.EndRow();
            }
        }
    }

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void Add(EntityId person, string value, string since)
    {
        if (!_past.TryGetValue(person, out var past))
        {
            _past[person] = past = [];
        }

        past.RemoveAll(each => each.Value == value && string.CompareOrdinal(each.Since, since) <= 0);
        if (!past.Exists(each => each.Value == value))
        {
            past.Add((value, since));
            past.Sort((one, other) => string.CompareOrdinal(other.Since, one.Since));
        }
    }
}
