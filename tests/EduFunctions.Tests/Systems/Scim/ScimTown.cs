using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Scim;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>A small town in which every night somebody comes, goes, moves, is named anew, exchanges logins or becomes protected; and what a server is to have of it, said naively.</summary>
internal sealed class ScimTown
{
    private static readonly string[] Classes = ["north-7", "north-8", "south-7", "south-8"];

    private readonly Random _random;
    private readonly List<TownPupil> _pupils = [];
    private int _last;

    public ScimTown(Random random)
    {
        _random = random;
        foreach (var name in Classes)
        {
            for (var number = 0; number < 6; number++)
            {
                Add(name);
            }
        }
    }

    /// <summary>Labels of all who ever became protected.</summary>
    public HashSet<string> Hidden { get; } = [];

    public IEnumerable<string> Visible(string unit) => _pupils.Where(pupil => pupil.Class.StartsWith(unit, StringComparison.Ordinal) && !Hidden.Contains(pupil.Label)).Select(pupil => pupil.Label);

    public void Change()
    {
        for (var change = 0; change < 3; change++)
        {
            var at = _random.Next(_pupils.Count);
            var pupil = _pupils[at];
            var others = _pupils.Count(other => other.Class == pupil.Class && !Hidden.Contains(other.Label));
            switch (_random.Next(5))
            {
                case 0 or 1:
                    Add(Classes[_random.Next(Classes.Length)]);
                    break;
                case 2 when others > 3:
                    _pupils.RemoveAt(at);
                    break;
                case 3 when others > 3:
                    _pupils[at] = pupil with { Class = Classes[_random.Next(Classes.Length)] };
                    break;
                case 4 when _random.Next(2) == 0:
                    Exchange();
                    break;
                default:
                    _pupils[at] = pupil with { Surnames = pupil.Surnames + 1 };
                    break;
            }
        }
    }

    public void Hide()
    {
        // A login that somebody had who is protected now must tell of nobody.
        var free = _pupils.Where(pupil => !Hidden.Contains(pupil.Label) && !pupil.HasExchanged).ToList();
        Hidden.Add(free[_random.Next(free.Count)].Label);
    }

    /// <param name="without">A school of which the register has nobody tonight.</param>
    public SchoolBuilder Write(string? without = null)
    {
        var school = new SchoolBuilder(Night.Today);
        foreach (var unit in new[] { "north", "south" })
        {
            school.Unit(unit);
            school.Employee($"{unit}-teacher");
            school.Duty($"{unit}-duty", $"{unit}-teacher", unit);
        }

        foreach (var pupil in _pupils.Where(pupil => without is null || !pupil.Class.StartsWith(without, StringComparison.Ordinal)))
        {
            var person = school.Student(pupil.Label, pupil.Class.Split('-')[0]);
            person["eduPersonPrincipalNames"] = new JsonArray(pupil.Login);
            person["familyName"] = $"Sten{pupil.Surnames}berg \"Ö\" {pupil.Label}";
            if (Hidden.Contains(pupil.Label))
            {
                person["securityMarking"] = "Sekretessmarkering";
            }
        }

        foreach (var name in Classes)
        {
            var unit = name.Split('-')[0];
            school.Group(name, unit, "Klass", [.. _pupils.Where(pupil => pupil.Class == name && unit != without).Select(pupil => pupil.Label)]);
            school.Activity($"{name}-hours", unit, name, null, $"{unit}-duty");
        }

        return school;
    }

    /// <summary>What is wrong with what a server has; nothing when it is this town.</summary>
    public IEnumerable<string> Differences(ScimState state)
    {
        var school = Write().Data;
        var hidden = Hidden.Select(Ids.Of).ToHashSet();
        var wanted = school[Collections.Persons].Where(person => !hidden.Contains((string)person["id"]!)).ToDictionary(person => (string)person["id"]!, OfRegister);
        var there = state.Users.Where(user => (bool?)user["active"] == true).ToLookup(user => (string)user["externalId"]!, OfServer);
        foreach (var (id, person) in wanted.Where(person => !there[person.Key].SequenceEqual([person.Value])))
        {
            yield return $"{id} should be {person}, and is {string.Join(" and ", there[id])}";
        }

        foreach (var more in there.Where(user => !wanted.ContainsKey(user.Key)))
        {
            yield return $"{more.Key} should not be active";
        }

        foreach (var group in school[Collections.Groups])
        {
            var name = (string)group["displayName"]!;
            string[] members = [.. group["groupMemberships"]!.AsArray().Select(row => (string)row!["person"]!["id"]!).Where(id => !hidden.Contains(id)), Ids.Of($"{OwnerOf(group)}-teacher")];
            var found = state.Groups.Where(each => (string?)each["displayName"] == name).Select(each => state.MembersOf((string)each["externalId"]!)).ToList();
            if (found.Count != 1 || !found[0].SequenceEqual(members.Order(StringComparer.Ordinal)))
            {
                yield return $"{name} should have {members.Length} members, and there are {string.Join(" and ", found.Select(each => each.Count))}";
            }
        }
    }

    private static string OwnerOf(JsonObject group) => (string)group["organisation"]!["id"]! == Ids.Of("north") ? "north" : "south";

    private static string OfRegister(JsonObject person) =>
        $"{person["givenName"]} {person["familyName"]} {person["eduPersonPrincipalNames"]![0]} {person["emails"]![0]!["value"]}".Replace("\"", "", StringComparison.Ordinal);

    private static string OfServer(JsonObject user) => $"{user["name"]!["givenName"]} {user["name"]!["familyName"]} {user["userName"]} {user["emails"]![0]!["value"]}";

    /// <summary>Each of three gets the next one's login.</summary>
    private void Exchange()
    {
        int[] three = [.. Enumerable.Range(0, _pupils.Count).Where(at => !Hidden.Contains(_pupils[at].Label)).OrderBy(_ => _random.Next()).Take(3)];
        string[] logins = [.. three.Select(at => _pupils[at].Login)];
        foreach (var (place, at) in three.Index())
        {
            _pupils[at] = _pupils[at] with { Login = logins[(place + 1) % three.Length], HasExchanged = true };
        }
    }

    private void Add(string name) => _pupils.Add(new TownPupil($"pupil{++_last}x", name, 0) { Login = $"user{_last}y@id.example" });
}

internal sealed record TownPupil(string Label, string Class, int Surnames)
{
    public required string Login { get; init; }

    public bool HasExchanged { get; init; }
}
