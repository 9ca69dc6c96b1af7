namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>wsiIDENTIFIKATION: the person's civic number, for tenants that are allowed to know it.</summary>
public sealed class IdentifikationLookup(LookupCalls calls)
{
    /// <summary>Null when the service knows none.</summary>
    internal async Task<string?> CivicNumberAsync(ActiveLogin login, CancellationToken ct)
    {
        Require(login);
        var answer = await calls.AskAsync(
            login, LookupService.Identifikation, "hentCprFraBrugerid", [("brugerid", login.UserId)], ct, answerName: "hentCprResponse");
        return answer.Find("cpr");
    }

    /// <summary>Whether a number is the person's. Whose it is otherwise is not told.</summary>
    internal async Task<bool> IsOfPersonAsync(ActiveLogin login, string civicNumber, CancellationToken ct)
    {
        Require(login);
        var answer = await calls.AskAsync(
            login, LookupService.Identifikation, "hentBrugeridFraCpr", [("cpr", civicNumber)], ct, answerName: "hentBrugeridResponse");
        return answer.Find("brugerid") == login.UserId;
    }

    /// <exception cref="LoginRefusedException">The tenant does not allow it.</exception>
    internal static void Require(ActiveLogin login)
    {
        if (!login.Settings.AllowCivicNumber)
        {
            throw new LoginRefusedException(403, "The tenant does not allow civic numbers in lookups (logins.allowCivicNumber).");
        }
    }
}
