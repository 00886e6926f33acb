"""Names at home in Africa and the Middle East."""

from goldthread.doors.demo.names.culture import Culture, names

WEST_AFRICAN = Culture(
    key="west_african",
    share=4,
    women=names(
        "Abena Abiola Adaeze Adesuwa Adjoa Afia Afua Aïssatou Akosua Akua Amaka Ama Awa Ayodele Binta Bukola Chiamaka "
        "Chidinma Chinwe Comfort Ebere Efua Ejiro Esi Fatou Folake Funmilayo Hawa Ifeoma Isatu Kadiatu Kehinde Khady Mariama "
        "Mojisola Nana Ngozi Nkechi Nneka Nyasha Olabisi Omolara Oumou Ramata Sade Taiwo Temitope Titilayo Uche Yaa Yetunde Zainab"
    ),
    men=names(
        "Abdoulaye Ademola Adewale Alhassan Amadou Ayodeji Babatunde Bola Boubacar Chidi Chinedu Chukwuemeka Cheikh Demba "
        "Ebuka Ekow Emeka Femi Foday Folarin Ibrahim Idrissa Ifeanyi Kelechi Kofi Kojo Kwabena Kwame Kwasi Lamin Mamadou "
        "Moussa Nnamdi Obinna Okechukwu Olumide Omar Ousmane Sekou Segun Seydou Sheku Souleymane Sulaiman Tunde Uchenna Yao "
        "Yaw Zubairu"
    ),
    families=names(
        "Abara Acheampong Adeyemi Adjei Afolabi Agyeman Akande Akinola Amankwah Ampofo Anane Asante Ayivor Bah Balogun "
        "Bangura Barry Boateng Camara Ceesay Cissé Conteh Coulibaly Danso Darko Diallo Diop Ekwueme Eze Fashola Fofana "
        "Gyasi Ibekwe Igwe Jalloh Kamara Kanu Keita Koroma Kuffour Mensah Nwachukwu Nwosu Obi Odoom Ogunleye Ojo Okafor "
        "Okeke Okoye Olawale Onyango Opoku Osei Owusu Quaye Sarpong Sesay Sow Tandoh Touré Turay Udeh Yeboah"
    ),
    race=("black",),
    language="fr",
    speaks=0.2,
    interpreter=0.25,
)

SOMALI = Culture(
    key="somali",
    share=4,
    women=names(
        "Aamina Ayaan Amina Asha Asli Ayan Bilan Caasho Deeqa Ebyan Fadumo Farhiya Faiza Fowsia Habiba Halimo Hamdi Hani "
        "Hibaaq Hibo Hodan Idil Ifrah Ikran Ilhan Iman Jamilah Khadra Ladan Leyla Luul Maryan Muna Nimco Nasra Qamar Rahma "
        "Raxmo Sagal Sahra Samira Shukri Suad Sucdi Ubah Warsan Xalimo Yasmin Zahra Zeynab"
    ),
    men=names(
        "Abdi Abdikadir Abdirahman Abdullahi Abshir Aden Ahmed Ali Awale Bashir Bile Cabdi Dahir Daud Elmi Farah Feisal Garad "
        "Geedi Guled Hassan Hersi Hussein Ibrahim Idris Ilyas Isse Jama Kayse Khalid Liban Mahad Mohamed Muse Mukhtar Nuradin "
        "Nur Omar Osman Rooble Said Samatar Shire Siyad Suleiman Taban Warsame Yahye Yasin Yonis Yusuf Zakariya"
    ),
    families=names(
        "Abdi Abdulle Abshir Adan Afrah Ahmed Ainanshe Awale Barre Bihi Bile Dahir Daud Dirie Diriye Dualeh Egal Egeh "
        "Elmi Fahiye Farah Gaal Gabobe Galaid Garad Gedi Ghedi Guled Haji Hashi Hersi Hirsi Isse Jama Jibril Kahin "
        "Kayre Keynan Khayre Liban Magan Maalin Mire Mohamud Mumin Nur Omaar Osman Qasim Rage Roble Sahal Salad Samatar "
        "Shermarke Shire Sugulle Tarabi Wardere Warsame Weheliye Yusuf"
    ),
    race=("black",),
    language="so",
    speaks=0.75,
    interpreter=0.55,
)

EAST_AFRICAN = Culture(
    key="east_african",
    share=3,
    women=names(
        "Abeba Abrehet Adanech Almaz Aster Azeb Bethlehem Birtukan Bogalech Desta Eden Eleni Etenesh Feven Freweini Genet "
        "Hana Helen Hirut Kidist Konjit Lemlem Letay Makeda Marta Meaza Mebrat Meron Meseret Mihret Mulu Rahel Roza Saba "
        "Salem Sara Selam Senait Sosina Tadelech Tigist Tirhas Tsehay Tsige Winta Worknesh Yordanos Zewditu"
    ),
    men=names(
        "Abebe Abel Alemu Amanuel Araya Asfaw Ashenafi Bekele Berhane Biniam Biruk Daniel Dawit Dereje Ermias Eyob Filmon "
        "Fikru Getachew Girma Goitom Habtom Haile Henok Isaias Kaleb Kebede Kidane Mebrahtu Mekonnen Merhawi Mesfin Mulugeta "
        "Natnael Robel Samson Semere Solomon Tadesse Tekle Tesfaye Teklu Tewodros Wondimu Yared Yohannes Yonas Zeray Zerihun"
    ),
    families=names(
        "Abate Abraha Abraham Admasu Alemayehu Amare Andom Araya Asmerom Assefa Ayele Bahta Bekele Belay Berhe Beyene "
        "Demissie Desta Fessehaye Gebre Gebremariam Gebremedhin Ghebre Giorgis Habte Hagos Hailu Kassa Kebede Kidane Kiflu "
        "Lemma Mamo Mehari Mekonnen Mengistu Mulatu Negash Negussie Ogbazghi Redda Seyoum Shiferaw Sium Tadesse Tefera "
        "Tekeste Tesfamariam Tewelde Tilahun Weldemichael Wolde Woldu Worku Yemane Yohannes Zemichael Zewdie"
    ),
    race=("black",),
    language="am",
    speaks=0.6,
    interpreter=0.45,
)

ARABIC = Culture(
    key="arabic",
    share=5,
    women=names(
        "Abeer Afaf Aida Amal Amira Aseel Asma Aya Bahira Basma Dalal Dalia Dina Duha Eman Fairouz Farah Farida Ghada Hala "
        "Hanan Hayat Hiba Huda Inaam Jumana Khadija Lamia Layla Lina Lubna Maha Maysa Manal Mona Nada Nadia Najwa Nour "
        "Rana Randa Rasha Reem Rima Ruba Sahar Salma Samar Sawsan Shadia Suha Suhair Wafa Widad Yasmine Zeina"
    ),
    men=names(
        "Abbas Adel Adnan Akram Ali Amer Amjad Anwar Ayman Aziz Bassam Bilal Emad Fadi Fares Fawzi Ghassan Haidar Hani Hatem "
        "Haytham Hisham Husam Issam Jalal Jamil Karim Khaled Luay Mahmoud Majed Mazen Mounir Mustafa Nabil Nader Naji Nasser "
        "Nizar Qais Rafiq Rami Rashid Riad Sabri Saif Salim Samer Tamer Tariq Wael Walid Yasser Youssef Ziad"
    ),
    families=names(
        "Abboud Abdallah Al-Amin Al-Bayati Al-Dulaimi Al-Hashimi Al-Jabiri Al-Khatib Al-Masri Al-Najjar Al-Rawi Al-Saadi "
        "Awad Ayoub Azzam Badawi Barakat Bishara Boutros Daher Darwish Fakhoury Farhat Ghanem Habib Haddad Hajjar Hakim "
        "Halabi Hamdan Hariri Hijazi Issa Jaber Kanaan Karam Kassab Khalil Khoury Mansour Mattar Mikhail Mourad Nahas "
        "Najjar Nassar Odeh Qasim Rahal Sabbagh Sabra Salameh Saleh Sayegh Shaheen Sharif Shehadeh Tannous Tawil Yassin Zaki"
    ),
    race=("mena",),
    language="ar",
    speaks=0.55,
    interpreter=0.45,
)

AFRICAN_AND_ARAB = (WEST_AFRICAN, SOMALI, EAST_AFRICAN, ARABIC)
