namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>wsiINST: institutions, groups, and what an institution knows of the person.</summary>
public sealed class InstLookup(LookupCalls calls)
{
    /// <summary>The person at an institution, once per role; empty when the institution does not know the person.</summary>
    internal async Task<IReadOnlyList<InstitutionUser>> UserAsync(ActiveLogin login, string institution, CancellationToken ct)
    {
        var user = login.UserId;
        var answer = await calls.AskAsync(login, LookupService.Inst, "hentInstBruger", [("instnr", institution), ("brugerid", user)], ct);
        var rows = answer.Rows("instBruger").Select(InstitutionUser.Of).ToList();
        return rows.TrueForAll(row => row.UserId == user && row.Institution == institution)
            ? rows
            : throw new LookupFailedException("wsiINST hentInstBruger answered about somebody else; nothing of it is used.");
    }

    /// <summary>How many belong to a group; null when the person is not among them. Of the others, nothing but their number is read.</summary>
    internal async Task<int?> SizeAsync(ActiveLogin login, LookupGroup group, CancellationToken ct)
    {
        var answer = await calls.AskAsync(login, LookupService.Inst, "hentBrugereIGruppe", [("instnr", group.Institution), ("gruppeid", group.Id)], ct);
        var members = answer.Rows("brugertilknytning").Select(row => row.Value("brugerid")).ToHashSet(StringComparer.Ordinal);
        return members.Contains(login.UserId) ? members.Count : null;
    }

    internal async Task<IReadOnlyList<LookupGroup>> GroupsAsync(ActiveLogin login, string institution, CancellationToken ct)
    {
        var answer = await calls.AskAsync(login, LookupService.Inst, "hentGrupper", [("instnr", institution)], ct);
        return [.. answer.Rows("gruppe").Select(LookupGroup.Of)];
    }

    internal async Task<IReadOnlyList<LookupInstitution>> InstitutionsAsync(ActiveLogin login, IReadOnlyList<string> institutions, CancellationToken ct)
    {
        var operation = institutions.Count == 1 ? "hentInstitution" : "hentInstitutioner";
        var answer = await calls.AskAsync(login, LookupService.Inst, operation, [.. institutions.Select(institution => ("instnr", institution))], ct);
        return [.. answer.Rows("institution").Select(LookupInstitution.Of)];
    }
}
