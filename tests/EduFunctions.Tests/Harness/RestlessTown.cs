using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Harness;

/// <summary>A small town in which every night somebody comes, goes, moves, is named anew, exchanges logins or becomes protected.</summary>
internal sealed class RestlessTown
{
    private const int Few = 3;

    private static readonly string[] Classes = ["north-7", "north-8", "south-7", "south-8"];

    private readonly Random _random;
    private readonly List<TownPupil> _pupils = [];
    private readonly List<TownPupil> _left = [];
    private readonly List<string> _classes = [.. Classes];
    private int _last;
    private int _generations;

    public RestlessTown(Random random, int pupilsOfClass = 6)
    {
        _random = random;
        foreach (var name in Classes)
        {
            for (var number = 0; number < pupilsOfClass; number++)
            {
                Add(name);
            }
        }
    }

    /// <summary>Labels of all who ever became protected.</summary>
    public HashSet<string> Hidden { get; } = [];

    /// <summary>Their ids, of whatever generation.</summary>
    public HashSet<string> HiddenIds => [.. Hidden.SelectMany(label => Enumerable.Range(0, _generations + 1).Select(generation => TownPupil.IdOf(label, generation)))];

    public IEnumerable<string> Visible(string unit) =>
        _pupils.Where(pupil => pupil.Class.StartsWith(unit, StringComparison.Ordinal) && !Hidden.Contains(pupil.Label)).Select(pupil => pupil.Label);

    /// <summary>Ids of who is in the register and not protected.</summary>
    public HashSet<string> VisibleIds(string unit = "") =>
        [.. _pupils.Where(pupil => pupil.Class.StartsWith(unit, StringComparison.Ordinal) && !Hidden.Contains(pupil.Label)).Select(pupil => pupil.Id)];

    /// <summary>Of who is in the register and not protected, by id.</summary>
    public Dictionary<string, string> Logins => _pupils.Where(pupil => !Hidden.Contains(pupil.Label)).ToDictionary(pupil => pupil.Id, pupil => pupil.Login);

    public void Change()
    {
        for (var change = 0; change < 3; change++)
        {
            var at = _random.Next(_pupils.Count);
            var pupil = _pupils[at];
            switch (_random.Next(5))
            {
                case 0 or 1:
                    Add(Classes[_random.Next(Classes.Length)]);
                    break;
                case 2 when HasOthers(pupil):
                    _pupils.RemoveAt(at);
                    break;
                case 3 when HasOthers(pupil):
                    _pupils[at] = pupil with { Class = Classes[_random.Next(Classes.Length)] };
                    break;
                case 4 when _random.Next(2) == 0:
                    Exchange(3);
                    break;
                default:
                    _pupils[at] = pupil with { Surnames = pupil.Surnames + 1 };
                    break;
            }
        }
    }

    /// <summary>A night in the town's life: who comes takes a leaver's login now and then, who has left may be back, schools open and close.</summary>
    /// <returns>What happened, for whoever reads the story.</returns>
    public string Live()
    {
        var told = new List<string>();
        for (var change = _random.Next(4); change > 0; change--)
        {
            told.Add(LiveOnce());
        }

        return string.Join(", ", told);
    }

    public void Hide()
    {
        // A login that somebody had who is protected now must tell of nobody.
        var free = _pupils.Where(pupil => !Hidden.Contains(pupil.Label) && !pupil.HasExchanged).ToList();
        if (free.Count > 0)
        {
            Hidden.Add(free[_random.Next(free.Count)].Label);
        }
    }

    /// <summary>Every pupil of a school has another id from now on.</summary>
    public void Rekey(string unit)
    {
        _generations++;
        ReplaceAll(pupil => pupil.Class.StartsWith(unit, StringComparison.Ordinal) ? pupil with { Generation = _generations } : pupil);
    }

    /// <param name="without">A school of which the register has nobody tonight.</param>
    public SchoolBuilder Write(string? without = null)
    {
        var school = new SchoolBuilder(Night.Today);
        foreach (var unit in _classes.Select(name => name.Split('-')[0]).Distinct())
        {
            school.Unit(unit);
            school.Employee($"{unit}-teacher");
            school.Duty($"{unit}-duty", $"{unit}-teacher", unit);
        }

        foreach (var pupil in _pupils.Where(pupil => without is null || !pupil.Class.StartsWith(without, StringComparison.Ordinal)))
        {
            var person = school.Student(pupil.Label, pupil.Class.Split('-')[0]);
            person["id"] = pupil.Id;
            person["eduPersonPrincipalNames"] = new JsonArray(pupil.Login);
            person["familyName"] = $"Sten{pupil.Surnames}berg \"Ö\" {pupil.Label}";
            if (Hidden.Contains(pupil.Label))
            {
                person["securityMarking"] = "Sekretessmarkering";
            }
        }

        foreach (var name in _classes)
        {
            var unit = name.Split('-')[0];
            var members = school.Group(name, unit)["groupMemberships"]!.AsArray();
            foreach (var pupil in _pupils.Where(pupil => pupil.Class == name && unit != without))
            {
                members.Add((JsonNode)new JsonObject { ["person"] = new JsonObject { ["id"] = pupil.Id } });
            }

            school.Activity($"{name}-hours", unit, name, null, $"{unit}-duty");
        }

        return school;
    }

    private string LiveOnce()
    {
        var at = _random.Next(_pupils.Count);
        var pupil = _pupils[at];
        switch (_random.Next(12))
        {
            case 0:
                Add(AnyClass());
                _pupils[^1] = _pupils[^1] with { Login = _pupils[^1].Login.Replace("user", "User", StringComparison.Ordinal) };
                return $"{_pupils[^1].Label} comes";
            case 1 when HasOthers(pupil):
                _pupils.RemoveAt(at);
                _left.Add(pupil);
                return $"{pupil.Label} leaves";
            case 2 when _left.Count > 0 && Taken(_left[^1].Login) is null:
                _pupils.Add(_left[^1] with { HasExchanged = true, Class = _classes.Contains(_left[^1].Class) ? _left[^1].Class : AnyClass() });
                _left.RemoveAt(_left.Count - 1);
                return $"{_pupils[^1].Label} is back";
            case 3 when _left.Find(left => !Hidden.Contains(left.Label) && Taken(left.Login) is null) is { } left:
                Add(AnyClass());
                _pupils[^1] = _pupils[^1] with { Login = left.Login, HasExchanged = true };
                return $"{_pupils[^1].Label} comes with the login of {left.Label}";
            case 4 or 5 when HasOthers(pupil):
                _pupils[at] = pupil with { Class = AnyClass() };
                return $"{pupil.Label} moves from {pupil.Class} to {_pupils[at].Class}";
            case 6 or 7:
                return $"logins go round: {Exchange(2 + _random.Next(2))}";
            case 8 when _random.Next(3) == 0:
                return OpenOrClose();
            default:
                _pupils[at] = pupil with { Surnames = pupil.Surnames + 1 };
                return $"{pupil.Label} is called otherwise";
        }
    }

    private string OpenOrClose()
    {
        const string East = "east-7";
        if (_classes.Remove(East))
        {
            _left.AddRange(_pupils.Where(pupil => pupil.Class == East));
            _pupils.RemoveAll(pupil => pupil.Class == East);
            return "east closes";
        }

        _classes.Add(East);
        for (var number = 0; number < Few; number++)
        {
            Add(East);
        }

        return "east opens";
    }

    private string AnyClass() => _classes[_random.Next(_classes.Count)];

    private TownPupil? Taken(string login) => _pupils.Find(pupil => pupil.Login == login);

    private bool HasOthers(TownPupil pupil) => _pupils.Count(other => other.Class == pupil.Class && !Hidden.Contains(other.Label)) > Few;

    /// <summary>Each of some gets the next one's login.</summary>
    private string Exchange(int count)
    {
        int[] some = [.. Enumerable.Range(0, _pupils.Count).Where(at => !Hidden.Contains(_pupils[at].Label)).OrderBy(_ => _random.Next()).Take(count)];
        string[] logins = [.. some.Select(at => _pupils[at].Login)];
        foreach (var (place, at) in some.Index())
        {
            _pupils[at] = _pupils[at] with { Login = logins[(place + 1) % some.Length], HasExchanged = true };
        }

        return string.Join(' ', some.Select(at => _pupils[at].Label));
    }

    private void ReplaceAll(Func<TownPupil, TownPupil> change)
    {
        for (var at = 0; at < _pupils.Count; at++)
        {
            _pupils[at] = change(_pupils[at]);
        }
    }

    private void Add(string name) => _pupils.Add(new TownPupil($"pupil{++_last}x", name, 0) { Login = $"user{_last}y@id.example" });
}

internal sealed record TownPupil(string Label, string Class, int Surnames)
{
    public required string Login { get; init; }

    public bool HasExchanged { get; init; }

    /// <summary>How often the register has given others ids, when it gave this one.</summary>
    public int Generation { get; init; }

    public string Id => IdOf(Label, Generation);

    public static string IdOf(string label, int generation) => Ids.Of(generation == 0 ? label : $"g{generation}-{label}");
}
