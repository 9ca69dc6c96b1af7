namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>wsiBRUGER: where the person belongs, and who is related to the person.</summary>
public sealed class BrugerLookup(LookupCalls calls)
{
    /// <summary>Everywhere in the country; empty for who belongs nowhere.</summary>
    internal async Task<IReadOnlyList<Affiliation>> AffiliationsAsync(ActiveLogin login, CancellationToken ct)
    {
        var answer = await calls.AskAsync(login, LookupService.Bruger, "hentBrugersInstitutionstilknytninger", [("brugerid", login.UserId)], ct);
        return [.. answer.Rows("institutionstilknytning").Select(Affiliation.Of)];
    }

    /// <summary>Who answers for the person, a student of the institution.</summary>
    internal async Task<IReadOnlyList<ContactRow>> ContactsAsync(ActiveLogin login, string institution, CancellationToken ct)
    {
        var answer = await calls.AskAsync(
            login, LookupService.Bruger, "hentBrugersKontaktpersoner", [("instnr", institution), ("brugerid", login.UserId)], ct);
        return [.. answer.Rows("kontaktperson").Select(ContactRow.Of)];
    }

    /// <summary>For whom of the institution the person answers.</summary>
    internal async Task<IReadOnlyList<StudentRow>> StudentsAsync(ActiveLogin login, string institution, CancellationToken ct)
    {
        var answer = await calls.AskAsync(
            login, LookupService.Bruger, "hentKontaktpersonsBrugere", [("instnr", institution), ("brugerid", login.UserId)], ct);
        return [.. answer.Rows("elev").Select(StudentRow.Of)];
    }
}
