using System.Text;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Security;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>
/// All ways in that the settings have, of which the server chooses one, or a key and then a password; and, when it lets nobody in, why that was: by
/// what it offered, what it asked and what was answered.
/// </summary>
internal sealed class SftpLogin : IDisposable
{
    /// <summary>With what the library begins when a way in was tried in vain.</summary>
    private const string Denied = "Permission denied";

    /// <summary>As servers say it in English, Swedish, Danish, Norwegian and German.</summary>
    private static readonly Regex Renewing = new(
        @"\b(new|nytt|nyt|ny|nya|neues|expired|change|changed|retype|re-enter|renew|utgått|udløbet|utløpt|abgelaufen|upprepa|gentag|gjenta|byt|bytt|skift|ändra|ändern)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly Regex Named = new(
        @"\b(user|username|login|logon|account|användar\w*|anvandar\w*|bruger\w*|bruker\w*|benutzer\w*)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly Regex Worded = new(
        @"(password|passwort|passphrase|lösenord|losenord|adgangskode|kodeord|kennwort|passord)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>What is good for one time only, whatever else it is called.</summary>
    private static readonly Regex Once = new(
        @"(one.?time|engångs|engangs|einmal|\b(otp|totp|token|code|kod|kode|pin|verification|authenticator)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly ISftpServer _sftp;
    private readonly PrivateKeyFile? _key;
    private readonly PasswordAuthenticationMethod? _password;
    private bool _isAnswered;
    private bool _isNamed;

    /// <exception cref="DeliveryRefusedException">The private key cannot be opened.</exception>
    public SftpLogin(ISftpServer sftp)
    {
        _sftp = sftp;
        var methods = new List<AuthenticationMethod>();
        if (sftp.PrivateKey is not null)
        {
            _key = OpenKey(sftp);
            methods.Add(new PrivateKeyAuthenticationMethod(sftp.Username, new StrongSignatures(_key)));
        }

        if (sftp.Password is { } password)
        {
            _password = new PasswordAuthenticationMethod(sftp.Username, password.Reveal());
            _password.PasswordExpired += (_, _) => throw Expired(password);
            var dialog = new KeyboardInteractiveAuthenticationMethod(sftp.Username);
            dialog.AuthenticationPrompt += (_, asked) => Answer(asked, password);
            methods.AddRange([_password, dialog]);
        }

        Methods = [.. methods];
    }

    public AuthenticationMethod[] Methods { get; }

    [Told]
    private string Both => $"Set {_sftp.Section}.password or {_sftp.Section}.privateKey as the receiver wants it; both where it asks for both";

    [Told]
    public DeliveryRefusedException Explain(SshAuthenticationException refusal)
    {
        var named = new string([.. refusal.Message.SkipWhile(c => c != '(').Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or ',')]);
        return refusal.Message.StartsWith(Denied, StringComparison.Ordinal)
            ? Refused($"it refused the {Word(named)}. Check {_sftp.Section}.username and the secret \"{SecretOf(named)}\"", refusal)
            : Refused(
                WasLetHalfIn ? $"it wants more, namely {Offered(named)}, and {_sftp.Section} has {string.Join(" and ", Ours())} alone. {Both}"
                    : $"it lets users in by {Offered(named)}, and {_sftp.Section} has {string.Join(" and ", Ours())} alone. {Both}",
                refusal);
    }

    /// <summary>
    /// Not of the methods, which hold nothing but an event each: the library answers what a server asks on a thread of its own, which may come to it after the login
    /// was given up, and would end the process where the event is gone.
    /// </summary>
    public void Dispose() => _key?.Dispose();

    private bool WasLetHalfIn => Methods.Any(method => method.AllowedAuthentications is not null);

    /// <summary>
    /// The password goes to a hidden question that asks for it, and to no other: what is asked for as a name or a code may be kept where anybody reads it. It is
    /// given once: an account may be closed for guessing, and who is asked again may be asked for a new one, which would be renewed so that nobody knows.
    /// </summary>
    [Told]
    private void Answer(AuthenticationPromptEventArgs asked, Secret password)
    {
        if (asked.Prompts.Count == 0)
        {
            return;
        }

        if (IsRenewal(asked))
        {
            throw Expired(password);
        }

        var isTold = _password!.AllowedAuthentications is not null;
        foreach (var prompt in asked.Prompts)
        {
            if (AsksForName(prompt) && !_isNamed)
            {
                (prompt.Response, _isNamed) = (_sftp.Username, true);
            }
            else if (!isTold && !_isAnswered && AsksForPassword(prompt, asked))
            {
                (prompt.Response, _isAnswered) = (password.Reveal(), true);
            }
            else
            {
                throw Refused(isTold || (_isAnswered && asked.Prompts.Count == 1)
                    ? $"it refused the password, or asks for more. Check {_sftp.Section}.username and the secret \"{password.Name}\""
                    : "it asks for more than a password, such as a code. Have the receiver let this user in without one");
            }
        }
    }

    private static bool AsksForName(AuthenticationPrompt prompt) => Named.IsMatch(prompt.Request) && !Worded.IsMatch(prompt.Request) && !Once.IsMatch(prompt.Request);

    /// <summary>Where a question has no words, those above it tell; where nothing has any, a single hidden one is what all others ask.</summary>
    private static bool AsksForPassword(AuthenticationPrompt prompt, AuthenticationPromptEventArgs asked)
    {
        var words = string.IsNullOrWhiteSpace(prompt.Request) ? asked.Instruction ?? "" : prompt.Request;
        return !prompt.IsEchoed && !Once.IsMatch(words) && (Worded.IsMatch(words) || (string.IsNullOrWhiteSpace(words) && asked.Prompts.Count == 1));
    }

    /// <summary>Whether a dialog is about another password than the one that there is.</summary>
    private static bool IsRenewal(AuthenticationPromptEventArgs asked) =>
        asked.Prompts.Select(prompt => prompt.Request).Append(asked.Instruction).Any(text => text is not null && Renewing.IsMatch(text));

    [Told]
    private DeliveryRefusedException Expired(Secret password) =>
        Refused($"the password has expired, and a new one is asked for. Renew it with the receiver, then the secret \"{password.Name}\"");

    private IEnumerable<string> Ours() => Methods.Select(method => Word(method.Name)).Distinct();

    [Told]
    private static string Offered(string methods) =>
        string.Join(" or ", methods.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Word).Distinct().DefaultIfEmpty("nothing that it names"));

    [Told]
    private static string Word(string method) => method switch
    {
        "publickey" => "private key",
        "password" or "keyboard-interactive" => "password",
        _ => method,
    };

    private string SecretOf(string method) => (method == "publickey" ? _sftp.PrivateKey : _sftp.Password)?.Name ?? (_sftp.PrivateKey ?? _sftp.Password)!.Name;

    [Told]
    private DeliveryRefusedException Refused(string why, Exception? inner = null) =>
        new($"{_sftp.Host}:{_sftp.Port} did not let user \"{_sftp.Username}\" in: {why}.", inner!);

    /// <summary>Keys come in many wrappings, each with its own way of saying that it cannot be opened.</summary>
    [Told]
    private static PrivateKeyFile OpenKey(ISftpServer sftp)
    {
        try
        {
            var text = new MemoryStream(Encoding.UTF8.GetBytes(sftp.PrivateKey!.Reveal().ReplaceLineEndings("\n").TrimEnd('\n') + "\n"));
            return new PrivateKeyFile(text, sftp.Passphrase?.Reveal());
        }
        catch (SshPassPhraseNullOrEmptyException e)
        {
            throw new DeliveryRefusedException($"The private key in the secret \"{sftp.PrivateKey!.Name}\" has a passphrase. Set {sftp.Section}.passphrase.", e);
        }
        catch (Exception e)
        {
            throw new DeliveryRefusedException(
                $"The secret \"{sftp.PrivateKey!.Name}\" is no private key that can be used. "
                + (sftp.Passphrase is { } passphrase ? $"Check it, and whether the secret \"{passphrase.Name}\" is its passphrase." : $"Check it, and whether it needs {sftp.Section}.passphrase."), e);
        }
    }

    /// <summary>A key without the signature of SHA-1.</summary>
    private sealed class StrongSignatures(PrivateKeyFile key) : IPrivateKeySource
    {
        public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms { get; } = [.. key.HostKeyAlgorithms.Where(algorithm => algorithm.Name is not ("ssh-rsa" or "ssh-dss"))];
    }
}
