using EduFunctions.Pipeline.Eligibility.Rules;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>Asks the services about the person of one login, and compares with the last roster. Keeps nothing.</summary>
public sealed class LoginLookup(BrugerLookup bruger, InstLookup inst, IdentifikationLookup identifikation, LastRoster roster)
{
    /// <exception cref="LoginRefusedException">The login is over, or the tenant does not allow what is asked for.</exception>
    /// <exception cref="LookupFailedException">A service did not answer as it should.</exception>
    public async Task<LoginAnswer> AnswerAsync(ActiveLogin login, LoginQuestion question, CancellationToken ct)
    {
        if (question.TouchesCivicNumber)
        {
            IdentifikationLookup.Require(login);
        }

        var run = await roster.RunAsync(login, ct);
        var entry = await roster.FindAsync(login, run, login.UserId, ct);
        var answer = new LoginAnswer { Tenant = login.Tenant.Id, Person = new LoginPerson(login.UserId, null) };
        var isRemembered = await roster.FindRememberedAsync(login, ct);
        if (IsProtected(entry) || isRemembered(login.UserId))
        {
            return answer with { Restricted = true };
        }

        answer = Discreet(await WithUnitsAsync(answer, login, question, ct), await roster.FindTellingAsync(login, run, ct));
        answer = question.Contacts ? await WithRelationsAsync(answer, login, run, isRemembered, ct) : answer;
        answer = answer.Units.Count > 0 ? await WithCivicNumberAsync(answer, login, question, ct) : answer;
        return run is null ? answer : answer with { Since = await CompareAsync(login, run, entry, answer.Units, ct) };
    }

    private static bool IsProtected(LedgerEntry? entry) =>
        entry is not null && (entry.Person.Reasons.Has(PersonRules.Protected) || entry.Person.Reasons.Has(PersonRules.MarkingUnknown));

    private async Task<LoginAnswer> WithUnitsAsync(LoginAnswer answer, ActiveLogin login, LoginQuestion question, CancellationToken ct)
    {
        // Where else in the country the person belongs is of no concern to the tenant.
        var affiliations = (await bruger.AffiliationsAsync(login, ct))
            .Where(affiliation => login.Source.Institutions.Contains(affiliation.Institution, StringComparer.OrdinalIgnoreCase))
            .ToLookup(affiliation => affiliation.Institution, StringComparer.Ordinal);
        var numbers = affiliations.Select(institution => institution.Key).Order(StringComparer.Ordinal).ToList();
        if (numbers.Count == 0)
        {
            return answer;
        }

        var named = (await inst.InstitutionsAsync(login, numbers, ct)).ToDictionary(institution => institution.Institution, StringComparer.Ordinal);
        foreach (var number in numbers)
        {
            var known = affiliations[number].Any(affiliation => affiliation.Role != LoginRole.Guardian) ? await inst.UserAsync(login, number, ct) : [];
            var groups = known.SelectMany(user => user.Groups).DistinctBy(group => group.Id).OrderBy(group => group.Id, StringComparer.Ordinal);
            answer = answer with
            {
                Person = answer.Person with { Name = answer.Person.Name ?? known.Select(user => user.Name).FirstOrDefault() },
                Units = [.. answer.Units, LoginUnit.Of(number, named.GetValueOrDefault(number), affiliations[number], known, await GroupsAsync(login, groups, question, ct))],
            };
        }

        return answer;
    }

    /// <summary>Without names of units and groups that tell of somebody protected.</summary>
    private static LoginAnswer Discreet(LoginAnswer answer, Predicate<string> isTelling)
    {
        return answer with
        {
            Units = [.. answer.Units.Select(unit => unit with
            {
                Name = Told(unit.Name),
                Groups = [.. unit.Groups.Select(group => group with { Name = Told(group.Name) })],
            })],
        };

        string? Told(string? name) => name is not null && isTelling(name) ? null : name;
    }

    private async Task<IReadOnlyList<LoginGroup>> GroupsAsync(ActiveLogin login, IEnumerable<LookupGroup> groups, LoginQuestion question, CancellationToken ct)
    {
        var answers = new List<LoginGroup>();
        foreach (var group in groups)
        {
            answers.Add(LoginGroup.Of(group, question.GroupSizes ? await inst.SizeAsync(login, group, ct) : null));
        }

        return answers;
    }

    /// <summary>Others are shown by id, and only when the last roster holds them: who is protected, or not known, is counted.</summary>
    private async Task<LoginAnswer> WithRelationsAsync(LoginAnswer answer, ActiveLogin login, RunRecord? run, Predicate<string> isRemembered, CancellationToken ct)
    {
        var contacts = await OfRosterAsync(login, run, answer.Units.Where(unit => unit.Has(LoginRole.Student)), bruger.ContactsAsync, row => row.UserId, isRemembered, ct);
        var students = await OfRosterAsync(login, run, answer.Units.Where(unit => unit.Has(LoginRole.Guardian)), bruger.StudentsAsync, row => row.UserId, isRemembered, ct);
        return answer with
        {
            Contacts = [.. contacts.OfRoster.Select(LoginContact.Of)],
            Students = [.. students.OfRoster.Select(LoginStudent.Of)],
            Withheld = contacts.Withheld + students.Withheld,
        };
    }

    private async Task<(List<T> OfRoster, int Withheld)> OfRosterAsync<T>(
        ActiveLogin login,
        RunRecord? run,
        IEnumerable<LoginUnit> units,
        Func<ActiveLogin, string, CancellationToken, Task<IReadOnlyList<T>>> ask,
        Func<T, string> userId,
        Predicate<string> isRemembered,
        CancellationToken ct)
    {
        var (ofRoster, withheld) = (new List<T>(), 0);
        foreach (var unit in units)
        {
            foreach (var row in await ask(login, unit.Id, ct))
            {
                if (!isRemembered(userId(row)) && await roster.HoldsAsync(login, run, userId(row), ct))
                {
                    ofRoster.Add(row);
                }
                else
                {
                    withheld++;
                }
            }
        }

        return (ofRoster, withheld);
    }

    private async Task<LoginAnswer> WithCivicNumberAsync(LoginAnswer answer, ActiveLogin login, LoginQuestion question, CancellationToken ct) => answer with
    {
        CivicNumber = question.CivicNumber ? await identifikation.CivicNumberAsync(login, ct) : null,
        CivicNumberMatches = question.VerifyCivicNumber is { } number ? await identifikation.IsOfPersonAsync(login, number, ct) : null,
    };

    private async Task<SinceLastRoster> CompareAsync(
        ActiveLogin login, RunRecord run, LedgerEntry? entry, IReadOnlyList<LoginUnit> units, CancellationToken ct)
    {
        var since = RosterComparison.Of(run, entry, units, login.Tenant.Eligibility);
        var ended = new List<string>();
        foreach (var number in login.Source.Institutions)
        {
            var left = since.Groups.Left.Where(group => group.StartsWith($"{number}-", StringComparison.Ordinal)).ToList();
            var there = left.Count > 0 ? await inst.GroupsAsync(login, number, ct) : [];
            ended.AddRange(left.Except(there.Select(group => LoginGroup.IdOf(group))));
        }

        return since with { Ended = ended };
    }
}
