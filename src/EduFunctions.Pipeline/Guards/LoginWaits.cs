using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// Who is to have a login or address that somebody has who stays at the target, held or kept: nobody sees that of tonight's choice, where one of both has it
/// and the other one another.
/// </summary>
internal static class LoginWaits
{
    private const int MostNamed = 10;

    /// <param name="chosen">Tonight's choice, as if everything went through.</param>
    public static Notice? Find(Roster tonight, FeedSelection chosen, EffectiveFeed effective)
    {
        if (effective.IsTonights || chosen.Values.Count == 0)
        {
            return null;
        }

        var holders = effective.Selection.Values.DistinctBy(value => value.Value).ToDictionary(value => value.Value, value => value.Person);
        var waiting = chosen.Values.Where(value => holders.TryGetValue(value.Value, out var holder) && holder != value.Person).ToDictionary(value => value.Person, value => holders[value.Value]);
        if (waiting.Count == 0)
        {
            return null;
        }

        var names = new Dictionary<ulong, EntityId>();
        foreach (var roster in new[] { effective.Roster, tonight })
        {
            foreach (ref readonly var person in roster.Persons.Rows)
            {
                names[Movement.KeyOf(person.Id)] = person.Id;
            }
        }

        var pairs = waiting.Where(pair => names.ContainsKey(pair.Key) && names.ContainsKey(pair.Value)).Select(pair => (names[pair.Key], names[pair.Value])).Order().ToList();
        return pairs.Count == 0 ? null : new Notice(NoticeCode.LoginWaits, Sentence(pairs));
    }

    [Told]
    private static string Sentence(List<(EntityId Waiting, EntityId Holder)> pairs) =>
        $"{pairs.Count} people wait for a login that somebody has who stays at the target for now (who waits < who has it): {Named(pairs)}.";

    private static string Named(List<(EntityId Waiting, EntityId Holder)> pairs) =>
        string.Join(", ", pairs.Take(MostNamed).Select(pair => $"{pair.Waiting} < {pair.Holder}")) + (pairs.Count > MostNamed ? ", …" : "");
}
